package dev.cloudjar.services.s3.select;

import dev.cloudjar.model.AwsError;

/// What S3 Select refuses, before it answers or in the midst of it, by the codes of S3's list of errors:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#SelectObjectContentErrorCodeList
public enum Fault {
    AMBIGUOUS_FIELD_NAME(
            "AmbiguousFieldName",
            "The field name matches to multiple fields in the file. Check the SQL expression and the file, and try"
                    + " again."),
    CAST_FAILED(
            "CastFailed",
            "An attempt to convert from one data type to another using CAST failed in the SQL expression."),
    CSV_PARSING("CSVParsingError", "An error occurred while parsing the CSV file. Check the file and try again."),
    CSV_ESCAPING_RECORD_DELIMITER(
            "CSVEscapingRecordDelimiter",
            "A quoted record delimiter was found in the file. To allow quoted record delimiters, set"
                    + " AllowQuotedRecordDelimiter to 'TRUE'."),
    EXPRESSION_TOO_LONG(
            "ExpressionTooLong",
            "The SQL expression is too long. The maximum byte-length for an SQL expression is 256 KB."),
    EVALUATION("ExternalEvalException", "The query cannot be evaluated. Check the file and try again."),
    ILLEGAL_ARGUMENT("IllegalSqlFunctionArgument", "An illegal argument was used in the SQL function."),
    INTEGER_OVERFLOW("IntegerOverflow", "An integer overflow or underflow occurred in the SQL expression."),
    INVALID_ARGUMENTS(
            "EvaluatorInvalidArguments",
            "There is an incorrect number of arguments in the function call in the SQL expression."),
    INVALID_COMPRESSION(
            "InvalidCompressionFormat",
            "The file is not in a supported compression format. Only GZIP and BZIP2 are supported."),
    INVALID_DATA_SOURCE(
            "InvalidDataSource", "Data source type is not valid. Only CSV, JSON, and Parquet are supported."),
    INVALID_EXPRESSION_TYPE(
            "InvalidExpressionType", "The ExpressionType value is not valid. Only SQL expressions are supported."),
    INVALID_FILE_HEADER_INFO(
            "InvalidFileHeaderInfo",
            "The FileHeaderInfo value is not valid. Only NONE, USE, and IGNORE are supported."),
    INVALID_JSON_TYPE("InvalidJsonType", "The JsonType value is not valid. Only DOCUMENT and LINES are supported."),
    INVALID_KEY_PATH("InvalidKeyPath", "The key path in the SQL expression is not valid."),
    INVALID_PARAMETER(
            "InvalidRequestParameter",
            "The value of a parameter in the SelectRequest element is not valid. Check the service API documentation"
                    + " and try again."),
    INVALID_QUOTE_FIELDS(
            "InvalidQuoteFields", "The QuoteFields value is not valid. Only ALWAYS and ASNEEDED are supported."),
    INVALID_SCAN_RANGE("InvalidScanRange", "The provided scan range is not valid."),
    INVALID_TEXT_ENCODING("InvalidTextEncoding", "The encoding type is not valid. Only UTF-8 encoding is supported."),
    JSON_PARSING("JSONParsingError", "An error occurred while parsing the JSON file. Check the file and try again."),
    LEXER_INVALID_CHAR("LexerInvalidChar", "The SQL expression contains a character that is not valid."),
    LEXER_INVALID_LITERAL("LexerInvalidLiteral", "The SQL expression contains a literal that is not valid."),
    LIKE_INVALID_INPUTS(
            "LikeInvalidInputs", "The LIKE clause in the SQL expression has an argument that is not valid."),
    MISSING_HEADERS(
            "MissingHeaders", "Some headers in the query are missing from the file. Check the file and try again."),
    MISSING_PARAMETER(
            "MissingRequiredParameter",
            "The SelectRequest entity is missing a required parameter. Check the service documentation and try again."),
    MULTIPLE_DATA_SOURCES("MultipleDataSourcesUnsupported", "Multiple data sources are not supported."),
    NEGATIVE_LIMIT("EvaluatorNegativeLimit", "The LIMIT value in the SQL expression cannot be negative."),
    OBJECT_SERIALIZATION_CONFLICT(
            "ObjectSerializationConflict",
            "InputSerialization specifies more than one format (CSV, JSON, or Parquet), or OutputSerialization specifies"
                    + " more than one format (CSV or JSON). For InputSerialization and OutputSerialization, you can"
                    + " specify only one format for each."),
    OVER_MAX_RECORD_SIZE(
            "OverMaxRecordSize",
            "The length of a record in the input or result is greater than the maxCharsPerRecord limit of 1 MB."),
    PARQUET_PARSING(
            "ParquetParsingError", "An error occurred while parsing the Parquet file. Check the file and try again."),
    PARQUET_CODEC("ParquetUnsupportedCompressionCodec", "The specified Parquet compression codec is not supported."),
    ASTERISK_NOT_ALONE(
            "ParseAsteriskIsNotAloneInSelectList",
            "Other expressions are not allowed in the SELECT list when * is used without dot notation in the SQL"
                    + " expression."),
    EMPTY_SELECT("ParseEmptySelect", "The SQL expression contains an empty SELECT clause."),
    EXPECTED_DATE_PART("ParseExpectedDatePart", "The expected date part in the SQL expression was not found."),
    EXPECTED_EXPRESSION("ParseExpectedExpression", "The expected SQL expression was not found."),
    EXPECTED_ALIAS(
            "ParseExpectedIdentForAlias", "The expected identifier for the alias in the SQL expression was not found."),
    EXPECTED_KEYWORD("ParseExpectedKeyword", "The expected keyword in the SQL expression was not found."),
    EXPECTED_LEFT_PAREN_AFTER_CAST(
            "ParseExpectedLeftParenAfterCast",
            "The expected left parenthesis after CAST in the SQL expression was not found."),
    EXPECTED_NUMBER("ParseExpectedNumber", "The expected number in the SQL expression was not found."),
    EXPECTED_RIGHT_PAREN(
            "ParseExpectedRightParenBuiltinFunctionCall",
            "The expected right parenthesis character in the SQL expression was not found."),
    EXPECTED_TOKEN("ParseExpectedTokenType", "The expected token in the SQL expression was not found."),
    EXPECTED_TYPE_NAME("ParseExpectedTypeName", "The expected type name in the SQL expression was not found."),
    EXPECTED_WHEN("ParseExpectedWhenClause", "The expected WHEN clause in the SQL expression was not found."),
    NON_UNARY_AGGREGATE(
            "ParseNonUnaryAgregateFunctionCall",
            "Only one argument is supported for aggregate functions in the SQL expression."),
    SELECT_MISSING_FROM("ParseSelectMissingFrom", "The SQL expression contains a missing FROM after the SELECT list."),
    UNEXPECTED_TERM("ParseUnexpectedTerm", "The SQL expression contains an unexpected term."),
    UNEXPECTED_TOKEN("ParseUnexpectedToken", "The SQL expression contains an unexpected token."),
    CALL_WITH_STAR(
            "ParseUnsupportedCallWithStar", "Only COUNT with (*) as a parameter is supported in the SQL expression."),
    TIMESTAMP_PATTERN(
            "EvaluatorInvalidTimestampFormatPattern",
            "The timestamp format pattern in the SQL expression is not valid."),
    TRUNCATED_INPUT(
            "TruncatedInput",
            "Object decompression failed. Check that the object is properly compressed using the format specified in"
                    + " the request."),
    UNSUPPORTED_FUNCTION("UnsupportedFunction", "We encountered an unsupported SQL function."),
    UNSUPPORTED_PARQUET_TYPE("UnsupportedParquetType", "The specified Parquet type is not supported."),
    UNSUPPORTED_SCAN_RANGE("UnsupportedScanRangeInput", "Scan range queries are not supported on this type of object."),
    UNSUPPORTED_OPERATION("UnsupportedSqlOperation", "We encountered an unsupported SQL operation."),
    UNSUPPORTED_STRUCTURE(
            "UnsupportedSqlStructure", "We encountered an unsupported SQL structure. Check the SQL Reference."),
    VALUE_PARSE_FAILURE("ValueParseFailure", "A timestamp parse failure occurred in the SQL expression.");

    private static final int STATUS = 400;

    private final String code;
    private final String message;

    Fault(String code, String message) {
        this.code = code;
        this.message = message;
    }

    public AwsError error() {
        return AwsError.Code.of(code, STATUS).because("%s", message);
    }
}

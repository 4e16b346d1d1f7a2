package dev.cloudjar.services.s3.select;

import java.util.Map;

/// A record of the object that is queried.
public interface Row {
    /// The value of a column, or [Absent#MISSING]; an `exact` name is one in quotes, whose case counts.
    Object column(String name, boolean exact);

    /// All columns in their order, as `SELECT *` shows them.
    Map<String, Object> columns();

    /// The record as one value, as the alias of the data source means it.
    Object value();
}

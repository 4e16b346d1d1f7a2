package dev.cloudjar.services.s3;

/// Why a whole job fails: a code, and a sentence for people.
final class JobFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    JobFault(String code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}

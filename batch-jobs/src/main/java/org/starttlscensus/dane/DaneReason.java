package org.starttlscensus.dane;

/** Everything that a DANE verdict can give as its reason. */
public enum DaneReason {
    NO_RECORDS("there are no TLSA records"),
    USAGE_FOR_PUBLIC_CAS("unusable: usages 0 and 1 are for public CAs, and not for mail (RFC 7672, section 3.1.3)"),
    UNKNOWN_USAGE("unusable: the usage is unknown"),
    UNKNOWN_SELECTOR("unusable: the selector is unknown"),
    UNKNOWN_MATCHING_TYPE("unusable: the matching type is unknown"),
    WRONG_DIGEST_LENGTH("unusable: the data has not the length of such a digest"),
    DATA_IS_NO_CERTIFICATE("unusable: the data is no certificate"),
    DATA_IS_NO_KEY("unusable: the data is no public key"),
    WEAKER_DIGEST("ignored: another record of this usage and selector has a stronger digest"),
    NO_CERTIFICATE("the server sent no certificate"),
    SERVER_CERTIFICATE_MATCHES("matches the server's own certificate"),
    ANCHOR_MATCHES("matches an issuer of the server's certificate"),
    KEY_SIGNED("is the key that signed a certificate of the path"),
    NOTHING_MATCHES("no usable record matches a certificate that the server sent"),
    NO_PATH("matches a certificate that was sent, but the server's certificate does not lead to it"),
    PATH_FLAWED("the path to the issuer is not valid"),
    NAME_MISMATCH("the server's certificate is for none of the names, which usage 2 requires"),
    COMMON_NAME_ONLY("only the common name matches; mail senders accept that, RFC 9525 does not"),
    SEARCH_CUT_SHORT("not everything was tried");

    private final String words;

    DaneReason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}

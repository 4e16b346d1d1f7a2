/// Who sent a request, and whether its bytes are what they signed: Signature Version 4 in all its forms,
/// `aws-chunked` bodies, checksums and compression.
///
/// [Authenticator] is the way in. A [Claim] is what a request says of its signature, a [Flaw] what is wrong with
/// it, and a [Wording] how the service that was asked says so. Nothing here knows who a key belongs to beyond
/// [CredentialRules]; everything is a function of the request, the keys and the time.
@NullMarked
package dev.cloudjar.wire.auth;

import org.jspecify.annotations.NullMarked;

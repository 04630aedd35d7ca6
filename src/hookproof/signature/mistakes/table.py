"""Every mistake that is told apart, in a sentence: what the signer did, and what to do."""

from __future__ import annotations

from typing import Final

# {detail} is what was done in few words, {used} and {wanted} are the digests taken and documented.
_SECRET: Final = {
    "other-secret": "It was signed with another secret, {detail}; give that one, or set the right "
    "one where the callback is signed.",
    "secret-line-end": "The secret was used with a line end ({detail}) after it, as when it is "
    "read from a file or printed by echo; take the line end off before signing.",
    "secret-blanks": "The secret was used with {detail}; take blanks off where it is set.",
    "secret-quotes": "The secret was used with {detail}; take the quotes off where it is set.",
    "secret-trimmed": "The secret was used without {detail}: the one given here has them and "
    "should not; give it without.",
    "secret-cut": "The secret was cut at a special character, as shells and files of settings "
    "do; quote it where it is set.",
    "secret-letter-case": "The secret was used in {detail}; use it letter by letter as it is.",
    "secret-decoded": "The secret was decoded ({detail}) before it was used; use its text as it "
    "is, though it looks like an encoding.",
    "secret-undecoded": "The secret was used as its text ({detail}); take its prefix off and "
    "decode the rest before it is the key.",
    "secret-encoded": "The secret was encoded ({detail}) before it was used; use its text as it "
    "is.",
    "secret-charset": "The secret was used in other bytes ({detail}); use its text in UTF-8 and "
    "nothing around it.",
    "secret-empty": "It was signed with an empty secret; set it where the callback is signed, "
    "unless somebody signed it who has none.",
}
_WRITING: Final = {
    "upper-case": "The digest is right and written with upper-case letters; write hex in lower "
    "case.",
    "hex-for-base64": "The digest is right and written in hex; write it in Base64.",
    "base64-for-hex": "The digest is right and written in Base64; write it in lower-case hex.",
    "base64url": "The digest is right and written in the URL alphabet of Base64; use the "
    "standard one, with + and /.",
    "base64-unpadded": "The digest is right and its Base64 has no = at the end; keep the padding.",
    "base64-of-hex": "The digest is right, and its hex text was written in Base64 again; encode "
    "the digest's bytes.",
    "percent-encoded": "The signature is right and percent-encoded; decode it once, or do not "
    "encode it.",
    "plus-as-blank": "The signature is right but for + that became a blank, as when it is decoded "
    "like a form; do not decode it.",
    "blanks-around": "The signature is right with blanks or line ends around it; take them off.",
    "line-ends-inside": "The signature is right with line ends inside, as some Base64 encoders "
    "add; take them out.",
    "quotes-around": "The signature is right with quotes around it; send it bare.",
    "prefix": "The signature is right after a prefix that is not documented; send it bare.",
    "prefix-missing": "The digest is right, and what has to stand before it ({detail}) is not "
    "there; send it too.",
    "bytes-apart": "The digest is right and written with a sign between its bytes; write its "
    "digits without any.",
    "cut-off": "The signature is right as far as it goes, but cut off after {detail}; look for "
    "a column or variable that is too short.",
    "more-after": "The signature is right, but more follows after {detail}; send nothing else "
    "with it.",
}
_PLACE: Final = {
    "other-name": "There is no signature where it is documented, but one in {detail}; names and "
    "places count as documented.",
    "other-place": "The right signature is in {detail}; read and send it where it is documented.",
    "sent-twice": "Signatures were sent twice in {detail}, and a later one is right; receivers "
    "read the first: send one.",
    "field-missing": "The signature is right for the values as they are here, but {detail} is "
    "missing or neither text nor a whole number; it may have been lost on the way.",
}
_SORTED: Final = {
    "numeric-sort": "The values were sorted as numbers, or joined in that fixed order ({detail}); "
    "sort them as texts, the secret among them.",
    "name-sort": "The values were joined in the order of their names ({detail}); sort the values "
    "themselves as texts, the secret among them.",
    "fixed-order": "The values were joined in a fixed order ({detail}); sort them as texts first, "
    "the secret among them.",
    "separator": "The values were joined with something between them ({detail}); join them with "
    "nothing between.",
    "line-end-after": "A line end was hashed after the values ({detail}), as echo adds one; hash "
    "them alone, with printf %s.",
    "names-signed": "The names of the values were signed too ({detail}); sign the values alone.",
    "hmac": "An HMAC was computed ({detail}); sort and join values and secret, and take the plain "
    "{wanted} of that.",
    "milliseconds": "It was signed with {detail}, but sent in seconds; sign the value as it is "
    "sent.",
    "seconds": "It was signed with {detail}, but sent in milliseconds; sign the value as it is "
    "sent.",
    "number-as-float": "A value was read into a number and printed anew ({detail}); keep it as "
    "the text that is sent.",
    "number-overflow": "A value was read into a number that cannot hold it ({detail}); keep it "
    "as the text that is sent.",
    "leading-zeros": "A value gained or lost leading zeros ({detail}); keep it as the text that "
    "is sent.",
    "value-quoted": "A value was signed with or without its quotes ({detail}); sign the text "
    "that the JSON means.",
    "value-trimmed": "A value was signed {detail}; sign it as it is sent.",
    "value-percent-encoded": "A value was encoded before signing ({detail}); sign it as it is.",
    "value-percent-decoded": "A value was decoded before signing ({detail}); sign it as it is.",
    "empty-inputs": "A value was missing when it was signed ({detail}); look whether the signer "
    "reads the field by its right name, and from the body.",
    "body-too": "The body was signed ({detail}); only the documented values and the secret are.",
}
_LAYOUT: Final = (
    "The signature is over the same JSON in another layout ({detail}): the body was parsed and "
    "written again, before it was signed or after; sign, verify and keep the bytes as they travel."
)
_BODY: Final = {
    "reserialised-compact": _LAYOUT,
    "reserialised-blanks": _LAYOUT,
    "reserialised-indented": _LAYOUT,
    "reserialised-doubles": "The signature is over the same JSON with numbers that were made "
    "floating-point ones ({detail}): it was parsed and written again; sign, verify and keep the "
    "bytes as they travel.",
    "body-trimmed": "The body was signed without the blanks and line ends around it; sign all "
    "of its bytes, or do not keep it with a line end added.",
    "body-line-end": "The body was signed with a line end ({detail}) after it; sign and keep the "
    "bytes that travel, no more and no fewer.",
    "body-line-ends": "The line ends in the body are not those that were signed ({detail}); sign "
    "and keep the bytes as they travel.",
    "body-percent-decoded": "The body was percent-decoded before signing; sign the bytes as they "
    "travel.",
    "body-percent-encoded": "The body was percent-encoded when it was signed; sign, verify and "
    "keep the bytes as they travel.",
    "body-escaped": "Escapes in the body are not as they were signed ({detail}); sign and keep "
    "the bytes as they travel.",
    "body-charset": "The body was signed in other bytes ({detail}); sign the bytes as they "
    "travel, without decoding them to text.",
    "body-part": "Of the body, {detail} alone was signed; sign all of its bytes.",
    "empty-body": "What was signed is {detail} and not the body; read the raw body before anything "
    "else consumes it.",
    "joined-otherwise": "The values were put together as {detail}; join them in the documented "
    "order, with nothing between them.",
    "hash-not-hmac": "A plain hash was taken ({detail}); compute {wanted} over the body with "
    "the secret as key.",
    "swapped-hmac": "An HMAC was computed with the body as key; the secret is the key, the body "
    "the message.",
    "composed-otherwise": "What was signed is {detail}; sign all documented pieces, in their "
    "order, with what stands between them.",
    "method-otherwise": "What was signed is {detail}; sign POST and the body, with nothing between "
    "them.",
    "method-before-body": "The body was signed with {detail} before it; sign the body alone.",
}

# Both schemes can make this one.
_DIGEST: Final = {"other-digest": "{used} was taken; {wanted} is documented."}

_GROUPS: Final = (_SECRET, _WRITING, _PLACE, _DIGEST, _SORTED, _BODY)

MISTAKES: Final[dict[str, str]] = {
    mistake: sentence for group in _GROUPS for mistake, sentence in group.items()
}

"""Events in AWS Lambda behind API Gateway (v1, v2), a function URL or a load balancer."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from hookproof.receiver.asgi import confirmation
from hookproof.receiver.rejections import Malformed, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver


def event_of(hooks: Receiver, given: dict[str, Any]) -> Event:
    """The event of an invocation. Raises InvalidSignature, Malformed or UnknownCallback."""
    body = given.get("body") or ""
    if not isinstance(body, str):
        raise Malformed("unreadable", "the body is no text, as Lambda gives one", status=400)
    try:
        raw = b64decode(body, validate=True) if given.get("isBase64Encoded") else body.encode()
    except ValueError:
        raise Malformed("unreadable", "the body is no Base64", status=400) from None
    return hooks.receive(headers=list(_headers(given)), body=raw, url=_url(given))


def handler(
    hooks: Receiver, handle: Callable[[Event], Any]
) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """A Lambda handler that hands each event to `handle` and answers as the vendor documents."""

    def answer(given: dict[str, Any], context: Any) -> dict[str, Any]:
        del context
        method = _method(given)
        if method != "POST":
            status, body, kind = confirmation(hooks, method, _url(given))
            return {"statusCode": status, "headers": {"Content-Type": kind}, "body": body.decode()}
        try:
            event = event_of(hooks, given)
        except Rejected as refusal:
            return {"statusCode": refusal.status, "body": refusal.reason}
        handle(event)
        said = event.acknowledgement
        headers = {"Content-Type": said.content_type}
        return {"statusCode": said.status, "headers": headers, "body": said.body.decode()}

    return answer


def _method(given: dict[str, Any]) -> str:
    http = (given.get("requestContext") or {}).get("http") or {}
    return str(given.get("httpMethod") or http.get("method") or "POST")


def _headers(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    several = given.get("multiValueHeaders") or {}
    for name, values in several.items():
        yield from ((name, value) for value in values or ())
    if not several:
        yield from (given.get("headers") or {}).items()


def _url(given: dict[str, Any]) -> str:
    path = given.get("rawPath") or given.get("path") or "/"
    query = given.get("rawQueryString")
    if query is None:
        several = given.get("multiValueQueryStringParameters")
        single = given.get("queryStringParameters") or {}
        query = urlencode(several or single, doseq=bool(several), quote_via=quote)
    url = f"{path}?{query}" if query else path
    host = next((value for name, value in _headers(given) if name.lower() == "host"), "")
    return f"https://{host}{url}" if host else url

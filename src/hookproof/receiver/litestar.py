"""Events in Litestar.

hooks = Receiver("AREA", secret=...)

@post("/callbacks")
async def callback(request: Request) -> Response:
event = await event_of(hooks, request)
...
return acknowledge(event)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from hookproof.receiver.asgi import confirmation, url_of
from hookproof.receiver.rejections import Rejected, broken_off

if TYPE_CHECKING:
    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "confirmed", "event_of"]


async def event_of(hooks: Receiver, request: Request[Any, Any, Any]) -> Event:
    """The event of a request; raises HTTPException with the status of a refusal.

    What is larger than `request_max_body_size` Litestar itself answers with 413.
    """
    scope: dict[str, Any] = {**request.scope}
    try:
        body = await _body(request)
        return hooks.receive(headers=scope["headers"], body=body, url=url_of(scope))
    except Rejected as rejection:
        raise HTTPException(rejection.reason, status_code=rejection.status) from rejection


async def _body(request: Request[Any, Any, Any]) -> bytes:
    """The body. Raises Malformed where its sender has gone in the middle of it."""
    try:
        return bytes(await request.body())
    except InternalServerException as error:
        raise broken_off() from error


def acknowledge(event: Event) -> Response[bytes]:
    """The answer that the vendor documents."""
    answer = event.acknowledgement
    return Response(answer.body, status_code=answer.status, media_type=answer.content_type)


def confirmed(hooks: Receiver, request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer to a GET by which a vendor asks whose the address is; 405 for any other."""
    status, body, kind = confirmation(hooks, request.method, url_of({**request.scope}))
    return Response(body, status_code=status, media_type=kind)

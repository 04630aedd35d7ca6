"""Events in Starlette and FastAPI: the event of a request, and a dependency that gives it.

hooks = Receiver("AREA", secret=...)

@app.post("/callbacks", openapi_extra=hooks.operation())
async def callback(event: Annotated[Event, Depends(events(hooks))]) -> Response:
...
return acknowledge(event)

`openapi_extra` lets the callbacks stand in the application's OpenAPI page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from hookproof.receiver.asgi import confirmation, url_of
from hookproof.receiver.event import Event
from hookproof.receiver.rejections import Rejected, broken_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "confirmed", "event_of", "events"]


async def event_of(hooks: Receiver, request: Request) -> Event:
    """The event of a request; raises HTTPException with the status of a refusal."""
    try:
        body = await _body(request)
        return hooks.receive(
            headers=request.headers.raw, body=body, url=url_of(dict(request.scope))
        )
    except Rejected as rejection:
        raise HTTPException(rejection.status, detail=rejection.reason) from rejection


async def _body(request: Request) -> bytes:
    """The body. Raises Malformed where its sender has gone in the middle of it."""
    try:
        return bytes(await request.body())
    except ClientDisconnect as error:
        raise broken_off() from error


def events(hooks: Receiver) -> Callable[[Request], Awaitable[Event]]:
    """What `Depends` wants: a callable that gives the event of the request at hand."""

    async def event(request: Request) -> Event:
        return await event_of(hooks, request)

    # FastAPI reads the names that stand there, and these are imported at run time.
    event.__annotations__ = {"request": Request, "return": Event}
    return event


def acknowledge(event: Event) -> Response:
    """The answer that the vendor documents."""
    answer = event.acknowledgement
    return Response(answer.body, status_code=answer.status, media_type=answer.content_type)


def confirmed(hooks: Receiver, request: Request) -> Response:
    """The answer to a GET by which a vendor asks whose the address is; 405 for any other."""
    status, body, kind = confirmation(hooks, request.method, url_of(dict(request.scope)))
    return Response(body, status_code=status, media_type=kind)

"""Events in Flask.

hooks = Receiver("AREA", secret=...)

@app.post("/callbacks")
def callback() -> Response:
event = event_of(hooks)
...
return acknowledge(event)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.exceptions import HTTPException

from hookproof.receiver.asgi import confirmation
from hookproof.receiver.rejections import Rejected, broken_off
from hookproof.receiver.wsgi import hold_to_length, url_of

if TYPE_CHECKING:
    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "confirmed", "event_of"]


def event_of(hooks: Receiver) -> Event:
    """The event of the request at hand; aborts with the status of a refusal.

    Ask for it before anything reads `request.form`, which leaves nothing of a form's bytes.
    """
    # As it was written: `request.url` decodes it, and some vendors sign it.
    url = url_of(request.environ)
    try:
        body = _body()
        return hooks.receive(headers=list(request.headers.items()), body=body, url=url)
    except Rejected as rejection:
        answer = Response(rejection.reason, status=rejection.status)
        raise HTTPException(response=answer) from rejection


def _body() -> bytes:
    """The body of the request at hand. Raises Malformed."""
    hold_to_length(request.environ)
    try:
        body: bytes = request.get_data(cache=True)
    except HTTPException:
        raise
    except Exception as error:
        raise broken_off() from error
    if not body and request.content_length:
        said = "the body was read before: ask for the event before request.form"
        raise HTTPException(response=Response(said, status=400))
    return body


def acknowledge(event: Event) -> Response:
    """The answer that the vendor documents."""
    answer = event.acknowledgement
    return Response(answer.body, status=answer.status, content_type=answer.content_type)


def confirmed(hooks: Receiver) -> Response:
    """The answer to a GET at hand by which a vendor asks whose the address is; else 405."""
    status, body, kind = confirmation(hooks, request.method, url_of(request.environ))
    return Response(body, status=status, content_type=kind)

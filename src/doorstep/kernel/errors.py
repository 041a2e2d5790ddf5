"""What can go wrong, in words. An error says what happened and what to do, and knows its HTTP status."""


class DoorstepError(Exception):
    """Something went wrong in Doorstep."""

    status = 500
    title = "Something went wrong here"

    def __init__(self, detail: str = "", **extra: object) -> None:
        self.detail = detail or (self.__doc__ or "").strip()
        self.extra = extra
        super().__init__(self.detail)


class NotFound(DoorstepError):
    """There is no such thing, or it is not yours to see."""

    status = 404
    title = "Not found"


class Refused(DoorstepError):
    """This is not yours to do."""

    status = 403
    title = "Not allowed"


class SignInNeeded(DoorstepError):
    """Sign in first."""

    status = 401
    title = "Not signed in"


class Conflict(DoorstepError):
    """Somebody was faster: look again before you change it."""

    status = 409
    title = "Changed meanwhile"


class Invalid(DoorstepError):
    """This cannot be right; it says which part."""

    status = 400
    title = "Cannot be read"


class TooMuch(DoorstepError):
    """Larger than we take."""

    status = 413
    title = "Too large"


class TooOften(DoorstepError):
    """Too many tries. Wait, then try again."""

    status = 429
    title = "Too many tries"


class Overloaded(DoorstepError):
    """We are full for the moment. Nothing is lost: send it again in a minute."""

    status = 503
    title = "Full for the moment"


class Unreachable(DoorstepError):
    """The other side cannot be reached, or does not answer as it should. It is tried again."""

    status = 502
    title = "Out of reach"


class ConsentNeeded(DoorstepError):
    """Consent was withdrawn: connect again."""

    status = 409
    title = "Consent needed"


class Misconfigured(DoorstepError):
    """A setting is missing or wrong; it says which."""

    status = 500
    title = "Wrong setting"

"""Why an output cannot be held against the model."""


class UnreadableError(ValueError):
    """A file is not what its name says, or is broken; the message says how."""


class UnexpectedError(ValueError):
    """A file holds something that no template writes; the message says what."""

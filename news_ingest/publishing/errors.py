"""What can go wrong while news is published."""

from news_ingest.errors import IngestError


class PublishError(IngestError):
    """The feeds can't be written where they should go, or can't be named as asked."""

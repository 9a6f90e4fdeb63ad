"""What becomes of an item that makes a step fail: a reject with the reason, so that it costs nobody else's data."""

import msgspec

from schemas.flow import Item
from schemas.tables import Reject, RejectStage


def reject_item(item: Item, stage: RejectStage, error: Exception, run_id: str) -> Reject:
    """The reject of an item that a step failed on; its article stays in the tables."""
    return Reject(
        feed_id=item.feed_id,
        outlet=item.outlet,
        url=item.url,
        rejected_at=item.first_seen_at,
        stage=stage,
        reason="step_failed",
        detail=f"unexpected {type(error).__name__}: {error}; please report this item",
        raw=msgspec.json.encode(msgspec.structs.asdict(item)),
        run_id=run_id,
    )

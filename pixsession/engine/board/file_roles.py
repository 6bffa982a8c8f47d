"""What each export is for the board: the list of its campaign, an older one, a part, kept off, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pixsession.domain.board.snapshot import FileRole, HiddenReason
from pixsession.engine.board.scope import Listings
from pixsession.engine.board.taken_back import TakenBackFile
from pixsession.store.order import Chain
from pixsession.store.rows import StoredExport
from pixsession.store.store import KEPT_KINDS, Store

_HIDDEN_ROLES = {
    HiddenReason.EARLIER_YEAR: FileRole.EARLIER_YEAR,
    HiddenReason.OTHER_ORGANISATION: FileRole.OTHER_ORGANISATION,
}


def roles_of(
    store: Store, listings: Listings, taken_back: Collection[TakenBackFile]
) -> Mapping[str, FileRole]:
    """The role of each export by the name of its file."""
    hidden = {
        campaign.key: _HIDDEN_ROLES[hidden.reason]
        for hidden in listings.hidden
        for campaign in hidden.campaigns
    }
    roles: dict[str, FileRole] = {}
    for kind in KEPT_KINDS:
        for chain in store.exports.chains(kind):
            role = hidden.get(chain.order[0].source.campaign.key)
            for export in chain.order:
                if role is not None:
                    found = role
                elif export is chain.listing:
                    found = FileRole.LIST
                elif _is_part(export, chain):
                    found = FileRole.PART
                else:
                    found = FileRole.EARLIER if export.has_stamp else FileRole.UNDATED
                roles[export.source.file] = found
    gone = {(one.digest, one.exported_at) for one in taken_back}
    for export in store.exports.all if gone else ():
        if (export.digest, export.source.exported_at) in gone:
            roles[export.source.file] = FileRole.TAKEN_BACK
    return roles


def _is_part(export: StoredExport, chain: Chain) -> bool:
    """Whether the export is a part of another; one since overwritten under its name is an older export."""
    if export in chain.lists or not export.line_count:
        return False
    return chain.listing is None or export.source.file != chain.listing.source.file

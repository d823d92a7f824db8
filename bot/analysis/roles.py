"""What a speaker's role means to the reader: resident, staff or business."""

STAFF = frozenset(
    {"property", "committee", "grid", "owners", "manager", "secretary", "owner", "monitor"}
)
KINDS = 3
OFFICES = {
    "property": "property",
    "committee": "committee",
    "manager": "committee",
    "secretary": "committee",
    "grid": "grid",
    "owners": "owners",
    "business": "business",
}
"""For whom somebody of a role speaks."""


def kind_of_role(role: str) -> int:
    """0 for a resident, 1 for staff of any office, 2 for a business."""
    return 1 if role in STAFF else 2 if role == "business" else 0


def office_of(role: str) -> str:
    """Whose words a speaker's are; empty for a resident."""
    return OFFICES.get(role, "")

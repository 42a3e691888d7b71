"""What every table of customers' data carries (design §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from genjin.access.guard import GuardedManager
from genjin.orgs.models import Membership, Organisation
from genjin.schema.extra import Extra, is_own


class Row(models.Model):
    """Organisation, version, who and when, soft delete, and the team's own fields in `extra`."""

    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    extra = Extra(default=dict)

    objects: ClassVar[Any] = GuardedManager()
    #: The column that says into which other row one has gone: links to it lead there.
    gone_into: ClassVar[str] = ""

    class Meta:
        abstract = True

    if not TYPE_CHECKING:  # else no misspelt attribute would be found

        def __getattr__(self, name: str) -> Any:
            """A team's own field by its key, None where it is blank."""
            if is_own(name):
                return self.extra.get(name)
            raise AttributeError(f"{type(self).__name__} has no {name}")

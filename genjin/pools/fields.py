"""Pools and stays as record types."""

from __future__ import annotations

from genjin.pools.models import PoolPlan, PoolStay
from genjin.schema.registry import RecordType, Restore, Scope, register

PLAN = register(RecordType("pool", "公海规则", "pools", PoolPlan, Scope(owner=None, department=None)))
STAY = register(RecordType("stay", "在公海的时候", "stay in a pool", PoolStay, Scope(via="customer"),
                           restore=Restore(name="zh")))  # fmt: skip

"""The causes, one file each, in the order in which equally good ones are named: the simpler mistake first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symbackprop.auditing.causes import (
    arithmetic,
    convention,
    decimal_shift,
    digit_swap,
    extra_factor,
    false_precision,
    frozen_parameter,
    inconsistent_setup,
    missing_factor,
    missing_paths,
    off_by_one_iteration,
    sign,
    stale_state,
    transposed,
    typo,
    updated_weights_used,
    wrong_constant,
    wrong_formula,
    wrong_index,
    wrong_quantity,
)
from symbackprop.auditing.causes.cause import Cause

_FILES = (
    sign,
    decimal_shift,
    digit_swap,
    convention,
    missing_factor,
    missing_paths,
    extra_factor,
    wrong_formula,
    updated_weights_used,
    stale_state,
    off_by_one_iteration,
    wrong_index,
    transposed,
    frozen_parameter,
    wrong_constant,
    wrong_quantity,
    typo,
    false_precision,
    arithmetic,
    inconsistent_setup,
)

CAUSES: Mapping[str, Cause] = MappingProxyType({file.CAUSE.code: file.CAUSE for file in _FILES})
"""Every cause by its code."""

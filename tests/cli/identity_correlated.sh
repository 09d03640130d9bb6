#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# identity.sh on the mid-market CRM with correlations of every kind added to it.
#   identity_correlated.sh ROICAST
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$here/../../models/crm-midmarket.yaml" - >"$work/crm-correlated.yaml" <<'END'

correlations:
  - [training_quality, management_support, 0.5]
  - [training_quality, ease_of_use, 0.3]
  - [churn, new_customers, -0.4]
  - copula: student(4)
    pairs: [[conversion_gain, deal_size_gain, 0.4], [retention_gain, deal_size_gain, 0.3]]
  - {copula: clayton, pairs: [[data_quality, process_fit, 0.4]]}
  - {copula: gumbel, pairs: [[rep_hour, manager_hour, 0.7]]}
  - {copula: frank, pairs: [[margin, acquisition_cost, -0.5]]}
END
sh "$here/identity.sh" "$1" "$work/crm-correlated.yaml" 16384

#!/usr/bin/env bash
# The entry of the GitHub action: annotates the pull request, leaves SARIF, and ends as `widthwise lint` ends.
# Everything that a workflow says comes in variables, so that nothing of it is read as a command.
set -euo pipefail

# WIDTHWISE_COMMAND names another one, such as that of a checkout.
read -r -a command <<<"${WIDTHWISE_COMMAND:-npx --yes widthwise@0.1.0}"

arguments=(lint --format github --sarif "$SARIF" --fail-on "$FAIL_ON")
if [ -n "$PROFILE" ]; then arguments+=(--profile "$PROFILE"); fi
if [ -n "$BASELINE" ]; then arguments+=(--baseline "$BASELINE"); fi
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"$PATHS"

if ! "${command[@]}" --version >/dev/null; then
  echo '::error::Widthwise could not be installed or started: nothing was read.'
  exit 2
fi
status=0
"${command[@]}" "${arguments[@]}" -- "${paths[@]}" || status=$?
if [ -e "$SARIF" ]; then printf 'sarif=%s\n' "$SARIF" >>"$GITHUB_OUTPUT"; fi
exit "$status"

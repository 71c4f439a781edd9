# How far a build or a run of the tests is, in one line instead of a wall of them. Sourced, not run.

# build TITLE ARGUMENT...: runs `swift build` with the arguments and says on standard error how far
# it is; when it fails, the compiler's errors follow whole, and the script ends.
build() {
  local title=$1
  shift
  swift build "$@" 2>&1 | follow "$title" || exit
}

# run_tests TITLE ARGUMENT...: runs `swift test` with the arguments on what is built, and says how
# far it is; ends with the failures told whole.
run_tests() {
  local title=$1
  shift
  swift test --skip-build --disable-xctest "$@" 2>&1 | follow_tests "$title" || exit
}

# follow TITLE: reads what `swift build` prints from standard input. On a terminal that is one line,
# written anew; elsewhere it is a line at the beginning, one every half minute and one at the end.
# Nothing is said when nothing was to be built. Fails when the build does not say that it is
# complete, and then prints all that was no progress.
follow() {
  local title=$1 state="" isComplete="" others=() began=$SECONDS told=-30
  each_line take_build_line
  if [ -n "$state" ]; then tell_end; fi
  if [ -n "$isComplete" ]; then return; fi
  printf '%s\n' ${others[@]+"${others[@]}"} >&2
  return 1
}

# follow_tests TITLE: reads what `swift test` prints from standard input. Tests that pass are
# counted; all else is printed. Fails unless the run says that it has passed.
follow_tests() {
  local title=$1 state="" isComplete="" passed=0 failed=0 total="" began=$SECONDS told=-30
  each_line take_test_line
  if [ -n "$state" ]; then tell_end; fi
  if [ -n "$isComplete" ]; then
    echo "$total passed, 0 failed"
    return
  fi
  echo "of ${total:-some} tests some failed; the issues are above" >&2
  return 1
}

# each_line FUNCTION: calls it with each line of standard input, and tells how far it is.
each_line() {
  local line text="" status
  while true; do
    status=0
    # After a second without a line the clock is told on; what has come of a line is kept.
    IFS= read -r -t 1 line || status=$?
    text+=$line
    if [ "$status" -eq 0 ] || { [ "$status" -le 128 ] && [ -n "$text" ]; }; then
      "$1" "$text"
      text=""
    elif [ "$status" -le 128 ]; then
      break
    fi
    if [ -n "$state" ]; then tell; fi
  done
}

# take_build_line LINE: what it says of a build; sets `state`, `isComplete` or `others`.
take_build_line() {
  local step='^\[([0-9]+)/([0-9]+)\] (.*)$'
  # It waits for another one, and then goes on in the same line.
  local line=${1#Another instance of SwiftPM*execution...}
  if [[ $line =~ $step ]]; then
    case ${BASH_REMATCH[3]} in
      Compiling\ plugin*) ;;
      Compiling* | Emitting* | Linking*) state="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}" ;;
    esac
  else
    case $line in
      Fetching*) state="fetching packages" ;;
      Build*complete!*) isComplete=1 ;;
      Building\ for* | "") ;;
      *) others+=("$line") ;;
    esac
  fi
}

# take_test_line LINE: what it says of the tests; sets `state`, or prints it.
take_test_line() {
  # What passes with a known issue has a sign of its own.
  local run='^(✔|✘|━) Test run with ([0-9]+) tests? .*(passed|failed) after'
  local test='^(✔|✘|━) Test .* (passed|failed) after [0-9.]+ seconds'
  if [[ $1 =~ $run ]]; then
    total=${BASH_REMATCH[2]}
    if [ "${BASH_REMATCH[3]}" = passed ]; then isComplete=1; fi
    return
  fi
  if [[ $1 =~ $test ]]; then
    if [ "${BASH_REMATCH[2]}" = passed ]; then ((passed += 1)); else ((failed += 1)); fi
    state="$passed passed, $failed failed"
  fi
  case $1 in
    ◇* | ✔* | "✘ Suite"* | "━ Suite"* | "━ Test"*" passed after"*) ;;
    "↳ Testing Library"* | "↳ Target Platform"* | \[*/*\]*) ;;
    *)
      if [ -t 2 ]; then printf '\r\033[K' >&2; fi
      printf '%s\n' "$1"
      ;;
  esac
}

# tell: says how far it is, if it is time to.
tell() {
  local line
  line="$title: $state · $(spoken $((SECONDS - began)))"
  if [ -t 2 ]; then
    printf '\r%s\033[K' "$line" >&2
  elif [ $((SECONDS - told)) -ge 30 ]; then
    printf '%s\n' "$line" >&2
    told=$SECONDS
  fi
}

# tell_end: says that it is over.
tell_end() {
  local end="failed after"
  if [ -n "$isComplete" ]; then end="done in"; fi
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  printf '%s: %s %s\n' "$title" "$end" "$(spoken $((SECONDS - began)))" >&2
}

# spoken SECONDS: a span of time as one says it.
spoken() {
  if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min"; fi
}

# How far a build is, in one line instead of a wall of them. Sourced, not run.

# build TITLE ARGUMENT...: runs `swift build` with the arguments and says on standard error how far
# it is; when it fails, the compiler's errors follow whole, and the script ends.
build() {
  local title=$1
  shift
  swift build "$@" 2>&1 | follow "$title" || exit
}

# follow TITLE: reads what `swift build` prints from standard input. On a terminal that is one line,
# written anew; elsewhere it is a line at the beginning, one every half minute and one at the end.
# Nothing is said when nothing was to be built. Fails when the build does not say that it is
# complete, and then prints all that was no progress.
follow() {
  local title=$1 state="" isComplete="" others=() line text="" status
  local began=$SECONDS told=-30
  while true; do
    status=0
    # After a second without a line the clock is told on; what has come of a line is kept.
    IFS= read -r -t 1 line || status=$?
    text+=$line
    if [ "$status" -eq 0 ] || { [ "$status" -le 128 ] && [ -n "$text" ]; }; then
      take_line "$text"
      text=""
    elif [ "$status" -le 128 ]; then
      break
    fi
    if [ -n "$state" ]; then tell; fi
  done
  if [ -n "$state" ]; then tell_end; fi
  if [ -n "$isComplete" ]; then return; fi
  printf '%s\n' ${others[@]+"${others[@]}"} >&2
  return 1
}

# take_line LINE: what a line of `swift build` says; sets `state`, `isComplete` or `others`.
take_line() {
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
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  if [ -n "$isComplete" ]; then
    printf '%s: done in %s\n' "$title" "$(spoken $((SECONDS - began)))" >&2
  else
    printf '%s: failed after %s\n' "$title" "$(spoken $((SECONDS - began)))" >&2
  fi
}

# spoken SECONDS: a span of time as one says it.
spoken() {
  if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min"; fi
}

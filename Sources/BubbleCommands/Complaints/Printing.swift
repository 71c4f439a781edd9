import Foundation

/// Prints `text` as it is.
///
/// When the reader has gone, as `head` does when it has enough, the program ends like any other.
///
/// - Throws: That it could not be written; a full disk or a closed stream is a complaint.
package func printWhole(_ text: String) throws(Complaint) {
  do throws(SystemError) {
    try Descriptor.output.write(text.utf8)
  } catch {
    if error.code == EPIPE { endAsReaderHasGone() }
    throw .broken("the output could not be written: \(error.reason)")
  }
}

/// Writes `text` on standard error, as far as that can be written.
func printError(_ text: String) {
  do throws(SystemError) {
    try Descriptor.errors.write(text.utf8)
  } catch {
    // Nobody is left to be told; the exit code still says it.
  }
}

/// Ends the program as the system does by default, in whichever thread.
private func endAsReaderHasGone() {
  var own = sigset_t()
  sigemptyset(&own)
  sigaddset(&own, SIGPIPE)
  pthread_sigmask(SIG_UNBLOCK, &own, nil)
  signal(SIGPIPE, SIG_DFL)
  raise(SIGPIPE)
}

/// Tells the application controller to stop all applications, and to boot anew.
struct MachineReboot: Sendable {
  var table: ReleaseTable
}

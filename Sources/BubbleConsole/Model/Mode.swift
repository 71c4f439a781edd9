/// What the screen is about: the machine as it is, a kill that is only shown, or one that runs.
package enum Mode: Sendable {
  case browse
  case preview(Preview)
  case running(RunningPlan)
}

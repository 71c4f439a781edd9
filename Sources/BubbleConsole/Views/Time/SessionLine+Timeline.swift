extension SessionLine {
  /// The line below the lanes of the timeline.
  init(_ model: ConsoleModel) {
    let end = model.travel.end?.now ?? model.now
    self.init(
      here: model.now, end: end, crashes: model.knownTimeline.overview.crashes, pointer: "▲",
      title: "\(end) ")
  }
}

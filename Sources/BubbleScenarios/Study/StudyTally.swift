import BubbleEvents

/// What several runs came to, added up; the order of adding is the order of the runs.
struct StudyTally: Sendable {
  /// What happened in one place.
  struct Place: Sendable {
    /// The share of the time that a process ran there.
    var availability = Moments()
    var restarts = Moments()
    /// Runs in which the supervisor there gave up.
    var runsGivenUp = 0
    /// Runs by the most restarts that the supervisor there had in its period.
    var peaks: [Int] = []
  }

  private(set) var places: [Place]
  private(set) var runs = 0
  private(set) var runsEnded = 0
  private(set) var faults = Moments()
  /// Times a supervisor gave up, in a run.
  private(set) var escalations = Moments()

  init(_ places: StudyPlaces) {
    self.places = Array(repeating: Place(), count: places.all.count)
  }

  mutating func add(_ run: StudyRun, _ shape: StudyPlaces, _ duration: Duration) {
    let whole = Double(duration.wholeNanoseconds)
    runs += 1
    if run.end != nil { runsEnded += 1 }
    faults.add(Double(run.faults))
    escalations.add(Double(run.places.reduce(0) { $0 + $1.surrenders }))
    for (index, place) in run.places.enumerated() {
      places[index].availability.add(Double(place.uptime) / whole)
      places[index].restarts.add(Double(place.restarts))
      guard shape.all[index].flags != nil else { continue }
      if place.surrenders > 0 { places[index].runsGivenUp += 1 }
      places[index].countPeak(place.peak, 1)
    }
  }

  mutating func add(_ other: StudyTally) {
    runs += other.runs
    runsEnded += other.runsEnded
    faults.add(other.faults)
    escalations.add(other.escalations)
    for (index, place) in other.places.enumerated() { places[index].add(place) }
  }
}

extension StudyTally.Place {
  fileprivate mutating func add(_ other: Self) {
    availability.add(other.availability)
    restarts.add(other.restarts)
    runsGivenUp += other.runsGivenUp
    for (peak, count) in other.peaks.enumerated() { countPeak(peak, count) }
  }

  fileprivate mutating func countPeak(_ peak: Int, _ count: Int) {
    while peaks.count <= peak { peaks.append(0) }
    peaks[peak] += count
  }
}

public import BubbleEvents

/// What a study found out.
public struct StudyResults: Hashable, Sendable {
  /// A place where workers run.
  public struct Worker: Hashable, Sendable {
    /// Its ids below the root, between slashes; `*` stands for the children of a template.
    public var name: String
    /// The share of the time that it ran; nil for the children of a template, which come and go.
    public var availability: Estimate?
    /// Times it ran again after an end, in a run.
    public var restarts: Estimate
  }

  /// A supervisor.
  public struct Supervisor: Hashable, Sendable {
    /// Its ids below the root, between slashes; the root's own id for the root.
    public var name: String
    /// Its flags in this variant.
    public var flags: SupervisorFlags
    /// The share of runs in which it gave up at least once.
    public var givesUp: Estimate
    /// Times it was itself started again, in a run.
    public var restarts: Estimate
  }

  /// What became of one variant.
  public struct Variant: Hashable, Sendable {
    /// How it was written.
    public var name: String
    /// The workers, in start order.
    public var workers: [Worker]
    /// The supervisors, in start order, the root first.
    public var supervisors: [Supervisor]
    /// Faults in a run.
    public var faults: Estimate
    /// Times a supervisor gave up, in a run.
    public var escalations: Estimate
    /// The share of runs in which the root ended, and everything with it.
    public var machineEnds: Estimate
  }

  /// What a supervisor needs to bear all restarts of its children, as long as no other gives up.
  public struct Need: Hashable, Sendable {
    /// The supervisor, as in `Supervisor.name`.
    public var name: String
    /// Its intensity as written.
    public var written: RestartIntensity
    private var peaks: [Int]
    private var runs: Int

    init(_ name: String, _ written: RestartIntensity, _ peaks: [Int], _ runs: Int) {
      self.name = name
      self.written = written
      self.peaks = peaks
      self.runs = runs
    }

    /// The share of runs with more than `restarts` restarts in its period.
    public func exceeds(_ restarts: Int) -> Estimate {
      .proportion(peaks.dropFirst(restarts + 1).reduce(0, +), of: runs)
    }

    /// The fewest restarts that it has to be allowed in its period.
    ///
    /// - Parameter risk: The share of runs in which it may give up; the whole interval of the
    ///   estimate has to lie below.
    /// - Returns: Nil when `FaultStudy.intensityLimit` restarts are too few, or the runs are.
    public func restarts(atRisk risk: Double) -> Int? {
      (0...FaultStudy.intensityLimit).first { exceeds($0).upper <= risk }
    }
  }

  /// The variants, in the order asked for.
  public var variants: [Variant]
  /// What each supervisor needs at the period written in the scenario, the root first.
  public var needs: [Need]
}

extension StudyResults {
  init(variants: [Variant], need: StudyTally, places: StudyPlaces) {
    self.variants = variants
    needs = zip(places.all, need.places).compactMap { place, sum in
      place.flags.map { Need(place.name, $0.intensity, sum.peaks, need.runs) }
    }
  }
}

extension StudyResults.Variant {
  init(_ name: String, _ tally: StudyTally, _ places: StudyPlaces, _ duration: Duration) {
    self.name = name
    workers = []
    supervisors = []
    for (place, sum) in zip(places.all, tally.places) {
      if let flags = place.flags {
        supervisors.append(
          StudyResults.Supervisor(
            name: place.name, flags: flags,
            givesUp: .proportion(sum.runsGivenUp, of: tally.runs), restarts: sum.restarts.mean))
      } else if !place.isApplication {
        workers.append(
          StudyResults.Worker(
            name: place.name, availability: place.isDynamic ? nil : sum.availability.mean.share,
            restarts: sum.restarts.mean))
      }
    }
    faults = tally.faults.mean
    escalations = tally.escalations.mean
    machineEnds = .proportion(tally.runsEnded, of: tally.runs)
  }
}

extension Estimate {
  /// The estimate of a share, whose interval does not leave 0 to 1.
  fileprivate var share: Estimate {
    Estimate(value: value, lower: max(0, lower), upper: min(1, upper))
  }
}

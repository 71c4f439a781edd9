import BubbleEvents
import BubbleTree

/// Which events came of the same cause, counted as they happen.
///
/// A course begins with what somebody asked for, with a process that ends by its own doing, or with
/// a start that nobody's end made necessary.
struct TimelineCourses: Sendable {
  struct Course: Hashable, Sendable {
    /// The event that it began with.
    var root: Event.ID
    var instant: RuntimeInstant
    /// How many of its events have a column.
    var count = 0
    /// When the last of them happened.
    var last: RuntimeInstant
  }

  private var courses: [Course] = []
  private var firstCourse = 0
  /// The course of each event from `firstEvent` on; negative for none.
  private var courseOfEvent: [Int32] = []
  private var firstEvent: Event.ID = 1
  /// The course of the last starts that nothing brought about, such as those of the beginning.
  private var uncaused: Int?
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The course with that number; nil when it is forgotten.
  subscript(number: Int) -> Course? {
    let index = number - firstCourse
    return courses.indices.contains(index) ? courses[index] : nil
  }

  /// The course that `event` belongs to, which `tree` has folded; an event that nothing brought
  /// about has one only when it has a column.
  mutating func follow(_ event: Event, hasColumn: Bool, in tree: ProcessTree) -> Int? {
    var number = course(of: event.cause)
    let isUncaused = event.cause == nil && event.kind.isStart
    if isUncaused { number = uncaused.flatMap { self[$0] == nil ? nil : $0 } }
    if isBeginning(event, of: number, in: tree) || (number == nil && hasColumn) {
      number = begin(event)
      if isUncaused { uncaused = number }
    }
    remember(number, of: event)
    return number
  }

  /// Counts a column of a course and answers its number.
  mutating func count(_ number: Int, at instant: RuntimeInstant) -> Int {
    let index = number - firstCourse
    guard courses.indices.contains(index) else { return 1 }
    courses[index].count += 1
    courses[index].last = instant
    return courses[index].count
  }

  // MARK: - Private

  private func course(of event: Event.ID?) -> Int? {
    guard let event, event >= firstEvent, event - firstEvent < UInt64(courseOfEvent.count) else {
      return nil
    }
    let number = Int(courseOfEvent[Int(event - firstEvent)])
    return number < firstCourse ? nil : number
  }

  private func isBeginning(_ event: Event, of number: Int?, in tree: ProcessTree) -> Bool {
    switch event.kind {
    case .requested: true
    case .process(_, .exited): tree.endedByItself(event)
    case .process(_, .spawned(let parent, _)):
      isNewStart(event, by: parent, after: number, in: tree)
    case .requestRefused, .process, .signal, .supervisor, .child, .application, .release, .node,
      .reported, .message, .limitReached:
      false
    }
  }

  /// A start some time after all else of its course, by a supervisor that is not at work.
  private func isNewStart(
    _ event: Event, by parent: PID?, after number: Int?, in tree: ProcessTree
  ) -> Bool {
    guard let course = number.flatMap({ self[$0] }), course.count > 0,
      TimelineBook.isQuiet(event.instant - course.last)
    else { return false }
    guard let slot = parent.flatMap({ tree.slot(of: $0) }) else { return true }
    return tree[slot].state != .starting && tree[slot].supervision?.isActing != true
  }

  private mutating func begin(_ event: Event) -> Int {
    courses.append(Course(root: event.id, instant: event.instant, last: event.instant))
    if courses.count > 2 * limit {
      courses.removeFirst(limit)
      firstCourse += limit
    }
    return firstCourse + courses.count - 1
  }

  private mutating func remember(_ number: Int?, of event: Event) {
    if courseOfEvent.isEmpty || event.id != firstEvent &+ UInt64(courseOfEvent.count) {
      courseOfEvent = []
      firstEvent = event.id
    }
    courseOfEvent.append(Int32(clamping: number ?? -1))
    guard courseOfEvent.count > 2 * limit else { return }
    courseOfEvent.removeFirst(limit)
    firstEvent += UInt64(limit)
  }
}

extension Event.Kind {
  fileprivate var isStart: Bool {
    if case .process(_, .spawned) = self { true } else { false }
  }
}

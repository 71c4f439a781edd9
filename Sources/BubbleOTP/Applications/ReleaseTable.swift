internal import BubbleEvents

/// The releases of a machine and how they stand (OTP: the RELEASES file).
struct ReleaseTable: Sendable {
  /// Latest first.
  private(set) var entries: [(release: Release, status: ReleaseEntry.Status)]

  init(_ releases: [Release], permanent version: String) {
    entries = releases.map { ($0, $0.version == version ? .permanent : .unpacked) }
  }

  /// The release that runs.
  var current: Release? {
    (entries.first { $0.status == .current } ?? entries.first { $0.status == .permanent })?.release
  }

  func release(_ version: String) -> Release? {
    entries.first { $0.release.version == version }?.release
  }

  func status(of version: String) -> ReleaseEntry.Status? {
    entries.first { $0.release.version == version }?.status
  }

  /// A release that is permanent stays so; the one that was current becomes old.
  mutating func setCurrent(_ version: String) {
    for index in entries.indices {
      if entries[index].release.version == version {
        if entries[index].status != .permanent { entries[index].status = .current }
      } else if entries[index].status == .current {
        entries[index].status = .old
      }
    }
  }

  /// The one that was permanent becomes old.
  mutating func setPermanent(_ version: String) {
    for index in entries.indices {
      if entries[index].release.version == version {
        entries[index].status = .permanent
      } else if entries[index].status == .permanent {
        entries[index].status = .old
      }
    }
  }

  /// The current one does not run any more, and never got to be permanent.
  mutating func dropCurrent() {
    for index in entries.indices where entries[index].status == .current {
      entries[index].status = .unpacked
    }
  }

  mutating func remove(_ version: String) {
    entries.removeAll { $0.release.version == version }
  }

  /// Why the version cannot be what it is asked to be; nil when its status is `wanted`.
  func refusal(of version: String, unless wanted: ReleaseEntry.Status) -> ReleaseRefusal? {
    guard let status = status(of: version) else {
      return ReleaseRefusal(reason: .tuple(["no_such_release", .text(version)]))
    }
    guard status != wanted else { return nil }
    return ReleaseRefusal(reason: .tuple(["bad_status", .atom(status.rawValue)]))
  }
}

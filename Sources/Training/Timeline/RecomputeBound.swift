import Trace

/// How much is computed again without a screen to reach one moment of a recording: a small file can claim a run that
/// takes hours.
package struct RecomputeBound: Sendable {
  /// Steps from a keyframe to the moment, for each megabyte of the file.
  private static let stepsPerMegabyte = 200_000
  /// **Units**: seconds of the thread that computes, for each megabyte of the file.
  private static let secondsPerMegabyte = 3.0

  /// The most steps from a keyframe to the moment.
  let steps: Int
  /// **Units**: seconds. The longest time for them.
  let seconds: Double
  private let now: @Sendable () -> Double

  /// The bound of a recording; `now` gives the seconds that the calling thread has worked.
  package init(of archive: any RunArchive, now: @escaping @Sendable () -> Double) {
    self.init(
      steps: Self.steps(of: archive),
      seconds: Self.secondsPerMegabyte * Double(Self.megabytes(of: archive)), now: now)
  }

  /// The most steps from a keyframe of a recording to a moment.
  static func steps(of archive: any RunArchive) -> Int { stepsPerMegabyte * megabytes(of: archive) }

  private static func megabytes(of archive: any RunArchive) -> Int { max(1, archive.byteCount >> 20) }

  /// A bound of so many steps, and of so much time.
  package init(steps: Int, seconds: Double, now: @escaping @Sendable () -> Double) {
    (self.steps, self.seconds, self.now) = (steps, seconds, now)
  }

  /// The way from a step to another, which begins now.
  ///
  /// - Throws: ``InspectionError/tooFar(_:keyframe:most:)``.
  func way(from first: Int, to target: Int) throws -> Way {
    guard target - first <= steps else {
      throw InspectionError.tooFar(target, keyframe: first, most: steps)
    }
    return Way(bound: self, first: first, target: target, began: now())
  }

  /// Checks a walk through steps some of which have keyframes.
  ///
  /// - Throws: ``InspectionError/tooFar(_:keyframe:most:)`` where too many in a row have none.
  func check(_ keyframes: [Int], from first: Int, through last: Int) throws {
    var before = first
    for step in keyframes.filter({ first < $0 && $0 <= last }) + [last] {
      _ = try way(from: before, to: step)
      before = step
    }
  }

  /// Steps that are computed on the way to a moment.
  struct Way {
    fileprivate let bound: RecomputeBound
    fileprivate let first: Int
    fileprivate let target: Int
    fileprivate let began: Double

    /// A step begins.
    ///
    /// - Throws: ``InspectionError/tooLong(_:keyframe:seconds:most:)`` where all of them would take too long.
    func reached(_ step: Int) throws {
      let done = step - first
      guard done > 0, done < 16 || done.isMultiple(of: 16) else { return }
      let spent = bound.now() - began
      // The first steps say little of the others.
      guard spent > bound.seconds / 8 else { return }
      let expected = spent / Double(done) * Double(max(done, target - first))
      guard expected > bound.seconds else { return }
      throw InspectionError.tooLong(
        target, keyframe: first, seconds: Int(min(expected.rounded(.up), 1e9)), most: Int(bound.seconds))
    }
  }
}

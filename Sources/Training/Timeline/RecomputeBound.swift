import Trace

/// How much is computed again of a recording without a screen: a small file can claim a run that takes hours.
///
/// Owner: the thread that computes.
package final class RecomputeBound {
  /// Steps from a keyframe to a moment, for each megabyte of the file.
  private static let stepsPerMegabyte = 200_000
  /// **Units**: seconds of the thread that computes, for each megabyte of the file.
  private static let secondsPerMegabyte = 3.0
  /// How many times as much all moments together may take.
  private static let moments = 1.5

  /// The most steps from a keyframe to a moment.
  private let steps: Int
  /// **Units**: seconds. The longest time for them.
  private let seconds: Double
  private let now: () -> Double
  /// What all moments until now have taken.
  private var used = (steps: 0, seconds: 0.0)
  /// The steps that are computed now, and when the first was begun.
  private var way: (first: Int, target: Int, began: Double)?

  /// The bound of a recording; `now` gives the seconds that the calling thread has worked.
  package convenience init(of archive: any RunArchive, now: @escaping () -> Double) {
    self.init(
      steps: Self.steps(of: archive),
      seconds: Self.secondsPerMegabyte * Double(Self.megabytes(of: archive)), now: now)
  }

  /// A bound of so many steps for a moment, and of so much time.
  package init(steps: Int, seconds: Double, now: @escaping () -> Double) {
    (self.steps, self.seconds, self.now) = (steps, seconds, now)
  }

  /// The most steps from a keyframe of a recording to a moment.
  static func steps(of archive: any RunArchive) -> Int { stepsPerMegabyte * megabytes(of: archive) }

  private static func megabytes(of archive: any RunArchive) -> Int { max(1, archive.byteCount >> 20) }

  /// What all moments together may take of one's steps or time.
  private static func all(_ one: Double) -> Double { one * moments }

  /// The way from a step to another begins.
  ///
  /// - Throws: ``InspectionError`` where it has too many steps, or all until now have.
  func begin(from first: Int, to target: Int) throws {
    end()
    let count = target - first
    guard count <= steps else { throw InspectionError.tooFar(target, keyframe: first, most: steps) }
    let most = Int(Self.all(Double(steps)))
    guard used.steps + count <= most else {
      throw InspectionError.tooMuch(target, steps: used.steps + count, most: most)
    }
    way = (first, target, now())
  }

  /// A step on the way begins.
  ///
  /// - Throws: ``InspectionError`` where the way takes too long, or all until now have.
  func reached(_ step: Int) throws {
    guard let way, case let done = step - way.first, done > 0, done < 16 || done.isMultiple(of: 16) else {
      return
    }
    let spent = now() - way.began
    // The first steps say little of the others.
    guard spent > seconds / 8 else { return }
    let expected = spent / Double(done) * Double(max(done, way.target - way.first))
    guard expected > min(seconds, Self.all(seconds) - used.seconds) else { return }
    throw InspectionError.tooLong(
      way.target, keyframe: way.first, seconds: Int(min(expected.rounded(.up), 1e9)), most: Int(seconds))
  }

  /// The moment is reached, or another is wanted.
  func end() {
    guard let ended = way.take() else { return }
    used.steps += ended.target - ended.first
    used.seconds += now() - ended.began
  }

  /// Checks a walk through steps some of which have keyframes, all of which are wanted.
  ///
  /// - Throws: ``InspectionError`` where too many in a row have none, or there are too many.
  func check(_ keyframes: [Int], from first: Int, through last: Int) throws {
    var before = first
    for step in keyframes.filter({ first < $0 && $0 <= last }) + [last] {
      guard step - before <= steps else {
        throw InspectionError.tooFar(step, keyframe: before, most: steps)
      }
      before = step
    }
    let most = Int(Self.all(Double(steps)))
    guard last - first <= most else { throw InspectionError.tooMuch(last, steps: last - first, most: most) }
  }
}

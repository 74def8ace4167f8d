import Localization
import Trace

/// Whether this machine reproduces a recording's numbers: some steps are run again and compared with the recorded ones.
package enum ReplayProof: Sendable, Equatable {
  /// These steps gave the recorded hashes, or numbers, bit for bit.
  case same(steps: ClosedRange<Int>)
  /// At this step they did not.
  case other(step: Int)
  /// Nothing could be run again; a sentence says why.
  case none(reason: String)

  /// Runs some steps of a recording again: from a keyframe near its middle to the next recorded hash, or all of it.
  ///
  /// - Throws: an operator's error.
  package static func find(_ run: RecordedRun, hashes: [(step: Int, hash: UInt64)], all: Bool) throws
    -> ReplayProof
  {
    let archive = run.archive
    // The state after the last step is not that of a step.
    let frames = archive.keyframeSteps.filter { $0 <= archive.lastStep }
    if case .nothing(let reason) = run.recomputability { return .none(reason: reason) }
    if let sentence = run.otherArithmetic { return .none(reason: sentence) }
    guard let first = frames.first, archive.lastStep >= first else {
      return .none(reason: ArchiveError.noKeyframe.description)
    }
    if case .keyframes = run.recomputability {
      return try proveKeyframes(run, all ? frames : [frames[frames.count / 2]])
    }
    let begin = all ? first : frames[..<max(1, frames.count / 2)].last ?? first
    let end =
      all
      ? hashes.last?.step ?? begin
      : hashes.first { $0.step > begin && $0.step <= archive.lastStep + 1 }?.step ?? begin
    guard end > begin else { return try proveKeyframes(run, [begin]) }
    let steps = begin...min(end - 1, archive.lastStep)
    let recorded = Dictionary(hashes.map { ($0.step, $0.hash) }, uniquingKeysWith: { first, _ in first })
    var other: Int?
    try run.states(in: steps, isWhole: all) { step, hash in
      if let expected = recorded[step], expected != hash { other = step }
      return other == nil
    }
    return other.map { .other(step: $0) } ?? .same(steps: steps)
  }

  /// Compares the recorded loss and gradient norms of steps with keyframes with those computed here.
  private static func proveKeyframes(_ run: RecordedRun, _ steps: [Int]) throws -> ReplayProof {
    var proved: ClosedRange<Int>?
    for step in steps {
      guard let numbers = try run.archive.scalars(in: step...step, limit: 1).first,
        let digest = try run.digest(of: step),
        let loss = digest.nodes.last(where: { $0.phase == .loss })?.number
      else { continue }
      guard Float(loss) == numbers.loss || loss.isNaN && numbers.loss.isNaN else {
        return .other(step: step)
      }
      proved = (proved?.lowerBound ?? step)...step
    }
    return proved.map { .same(steps: $0) }
      ?? .none(reason: localized("No step has both a keyframe and recorded numbers."))
  }
}

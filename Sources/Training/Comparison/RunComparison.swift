import Localization
import Trace

/// Finds the first step and node at which two recorded runs part: by their hashes and numbers, then by running both
/// again from the last state that they have in common.
package struct RunComparison {
  /// One of the two runs.
  package struct Side {
    let archive: any RunArchive
    let hashes: [(step: Int, hash: UInt64)]
    let run: RecordedRun

    /// A run with the hashes that were recorded of it, in order.
    package init(_ run: RecordedRun, hashes: [(step: Int, hash: UInt64)]) {
      self.run = run
      archive = run.archive
      self.hashes = hashes
    }

    func hash(at step: Int) -> UInt64? {
      var (low, high) = (0, hashes.count)
      while low < high {
        let middle = (low + high) / 2
        if hashes[middle].step < step { low = middle + 1 } else { high = middle }
      }
      return low < hashes.count && hashes[low].step == step ? hashes[low].hash : nil
    }
  }

  /// Steps whose numbers are compared at once.
  private static let chunk = 2_048

  let left: Side
  let right: Side

  /// A comparison of two runs.
  package init(_ left: Side, _ right: Side) {
    self.left = left
    self.right = right
  }

  /// Where they part.
  ///
  /// - Throws: what reading the recordings throws, or an operator's error in a run that is run again.
  package func divergence() throws -> Divergence {
    let last = min(left.archive.lastStep, right.archive.lastStep)
    guard last > 0 else { return .nothingInCommon }
    let common = left.hashes.compactMap { entry in
      right.hash(at: entry.step).map { (step: entry.step, isSame: $0 == entry.hash) }
    }
    let firstOther = common.first { !$0.isSame }?.step
    let lastSame = common.last { entry in entry.isSame && firstOther.map { entry.step < $0 } ?? true }?
      .step
    if let firstOther, lastSame == nil, let beginning = try beginning(at: firstOther) { return beginning }
    let limit = min(last, firstOther.map { $0 - 1 } ?? last)
    let start = max(1, lastSame ?? common.first?.step ?? 1)
    let otherNumbers = start <= limit ? try firstOtherNumbers(in: start...limit) : nil
    guard firstOther != nil || otherNumbers != nil else {
      return common.isEmpty ? .nowhereInNumbers(through: last) : .nowhere(through: last)
    }
    let steps = start...max(start, otherNumbers ?? limit)
    if common.isEmpty, let otherNumbers {
      if let found = try divergenceOfWholeSteps(numbersFrom: otherNumbers) { return found }
      return .steps(
        1...otherNumbers,
        reason: localized(
          """
          step \(otherNumbers) is the first whose loss, learning rate or gradient norms differ, and no step has a hash of \
          its parameters in both files.
          """))
    }
    guard lastSame != nil else {
      return .steps(1...steps.upperBound, reason: localized("no hash of a state is the same in both."))
    }
    let found = try search(in: steps)
    guard case .steps(steps, _) = found, steps.upperBound < last else { return found }
    // A change after the last node of a step may be in that step's numbers, though it acts in the next.
    let wider = try search(in: steps.lowerBound...steps.upperBound + 1)
    if case .steps = wider { return found }
    return wider
  }

  /// What they begin with, where the first state that both kept is not the same.
  private func beginning(at step: Int) throws -> Divergence? {
    guard let one = try left.archive.keyframe(atOrBefore: step), one.step == step,
      let other = try right.archive.keyframe(atOrBefore: step), other.step == step,
      let difference = Divergence.Difference.first(of: one, other)
    else { return nil }
    return .beginning(step: step, difference)
  }

  /// The first step of a range whose recorded numbers are not the same to the bit.
  private func firstOtherNumbers(in steps: ClosedRange<Int>) throws -> Int? {
    var shown = steps.lowerBound - 1
    while let next = try left.archive.stepsWithNumbers(after: shown, limit: RunComparison.chunk),
      next.lowerBound <= steps.upperBound
    {
      let chunk = next.clamped(to: steps)
      try WorkProgress.reached(chunk.lowerBound - steps.lowerBound, of: steps.count)
      let rows = (
        try left.archive.scalars(in: chunk, limit: chunk.count),
        try right.archive.scalars(in: chunk, limit: chunk.count)
      )
      var places = (0, 0)
      while places.0 < rows.0.count, places.1 < rows.1.count {
        let (one, other) = (rows.0[places.0], rows.1[places.1])
        if one.step == other.step, !one.isSame(as: other) { return one.step }
        if one.step <= other.step { places.0 += 1 }
        if other.step <= one.step { places.1 += 1 }
      }
      shown = chunk.upperBound
      guard shown < steps.upperBound else { break }
    }
    return nil
  }

  /// Runs both again through steps in one of which they part.
  private func search(in steps: ClosedRange<Int>) throws -> Divergence {
    if let obstacle = obstacle(to: steps) {
      // The first of the steps may be open where the others are not.
      let one = steps.lowerBound...steps.lowerBound
      guard self.obstacle(to: one) == nil else { return .steps(steps, reason: obstacle) }
      if let found = try compareNodes(of: steps.lowerBound) { return found }
      // It is not the only one, or there would be no obstacle.
      return .steps(steps.lowerBound + 1...steps.upperBound, reason: obstacle)
    }
    var hashes: [Int: UInt64] = [:]
    var deviation: String?
    func check(_ side: Side, isFirst: Bool, _ step: Int, _ hash: UInt64) -> Bool {
      guard let recorded = side.hash(at: step), recorded != hash else { return true }
      let machine = side.archive.origin.machine
      deviation =
        isFirst
        ? localized(
          "the first run was not reproduced bit for bit here from step \(step) on: it was recorded on \(machine)."
        )
        : localized(
          "the second run was not reproduced bit for bit here from step \(step) on: it was recorded on \(machine)."
        )
      return false
    }
    var other: Int?
    do {
      try left.run.states(in: steps) { step, hash in
        hashes[step] = hash
        return check(left, isFirst: true, step, hash)
      }
      try right.run.states(in: steps) { step, hash in
        guard check(right, isFirst: false, step, hash), let first = hashes[step] else { return false }
        if first != hash { other = step }
        return other == nil
      }
    } catch let error as InspectionError {
      return .steps(steps, reason: "\(error)")
    }
    if let other, other > steps.lowerBound, let found = try compareNodes(of: other - 1) { return found }
    return .steps(
      steps, reason: deviation ?? sameHere)
  }

  /// What else may part runs of one experiment.
  private var sameHere: String {
    let (one, other) = (left.archive.origin.machine, right.archive.origin.machine)
    return one == other
      ? localized("when they are run again here, both give the same numbers.")
      : localized(
        "when they are run again here, both give the same numbers, but they were recorded on \(one) and on \(other)."
      )
  }

  /// Why both cannot be run through steps; nil where they can.
  private func obstacle(to steps: ClosedRange<Int>) -> String? {
    if let sentence = otherArithmetic { return sentence }
    for side in [left, right] where !side.run.canRun(steps) {
      return side.run.recomputability.reason ?? localized("no keyframe leads to step \(steps.lowerBound).")
    }
    return nil
  }

  /// That another arithmetic computed one of the runs, so that it is not run again; nil where none did.
  private var otherArithmetic: String? {
    if let sentence = left.run.otherArithmetic { return localized("of the first run: \(sentence).") }
    return right.run.otherArithmetic.map { localized("of the second run: \($0).") }
  }

  private func compareNodes(of step: Int) throws -> Divergence? {
    guard let one = try left.run.digest(of: step), let other = try right.run.digest(of: step) else {
      return nil
    }
    guard let (phase, found) = Divergence.Difference.first(of: one, other) else { return nil }
    var difference = found
    let change = try change(before: Position(step: step, phase: phase, node: .max))
    difference.notes += change.map { [$0.sentence] } ?? []
    // What was set by hand after its update is another value at the start of the next step.
    if let event = change?.event, event.position >= Position(step: step, phase: .update, node: 0),
      event.change?.parameter == difference.node
    {
      return .beginning(step: step + 1, difference)
    }
    return .node(step: step, phase: phase, difference)
  }

  /// The last change that was made by hand in one of the two runs only, up to a moment.
  private func change(before end: Position) throws -> (event: RunEvent, sentence: String)? {
    let (one, other) = (try changes(in: left, before: end), try changes(in: right, before: end))
    let only = [(one, other, true), (other, one, false)].compactMap { own, others, isFirst in
      own.last { event in !others.contains { $0.position == event.position && $0.change == event.change } }
        .map { (event: $0, isFirst: isFirst) }
    }
    guard let (event, isFirst) = only.max(by: { $0.event.position < $1.event.position }) else { return nil }
    let (step, phase) = (event.position.step, event.position.phase.name)
    return (
      event,
      isFirst
        ? localized("the first run was changed by hand in step \(step), \(phase): \(event.text)")
        : localized("the second run was changed by hand in step \(step), \(phase): \(event.text)")
    )
  }

  private func changes(in side: Side, before end: Position) throws -> [RunEvent] {
    try side.archive.events().filter { $0.change != nil && $0.position < end }
  }
}

extension Change {
  /// The parameter of which a cell was set; nil for another change.
  fileprivate var parameter: String? {
    if case .cell(let name, _, _) = self { name } else { nil }
  }
}

extension StepScalars {
  /// Whether all that both know of a step is the same to the bit, but for the time that it took.
  fileprivate func isSame(as other: StepScalars) -> Bool {
    func same(_ one: [Float], _ other: [Float]) -> Bool {
      one.isEmpty || other.isEmpty || one.map(\.bitPattern) == other.map(\.bitPattern)
    }
    return same([loss], [other.loss]) && same([learningRate], [other.learningRate])
      && same(gradientNorms, other.gradientNorms)
  }
}

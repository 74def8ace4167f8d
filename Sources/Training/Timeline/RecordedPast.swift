import Autograd
import Datasets
import Localization
import NN
import Trace

/// What a recording has of a run's past: keyframes to begin again from, and hashes that prove it was reproduced.
///
/// A file is data and may be wrong: what does not fit the experiment is left out and reported.
///
/// Owner: the training queue.
final class RecordedPast {
  let archive: any RunArchive
  /// The first keyframe that can be used; nil where there is none.
  let first: Keyframe?
  /// Problems that were found and not reported yet.
  private(set) var problems: [String] = []

  private let layout: StateLayout
  private var places: [Int]
  private var broken: Set<Int> = []
  /// The last step with a recorded hash in this future.
  private var last: Int

  /// The recorded past of an experiment.
  init(_ archive: any RunArchive, of experiment: Experiment) {
    self.archive = archive
    let layout = StateLayout(experiment)
    self.layout = layout
    places = archive.keyframeSteps
    last = archive.lastStep
    var first: Keyframe?
    for place in places where first == nil {
      do {
        first = try archive.keyframe(atOrBefore: place).map(layout.keyframe)
      } catch {
        broken.insert(place)
        problems.append(localized("keyframe \(place) cannot be used: \(error)"))
      }
    }
    self.first = first
  }

  /// Reads again what the recording has, since a process is still writing it.
  func refresh() {
    places = archive.keyframeSteps
    last = archive.lastStep
  }

  /// What was recorded after the start of a step belongs to another future.
  func forget(after step: Int) {
    places.removeAll { $0 > step }
    last = min(last, step)
  }

  /// The last step at or before another that has a keyframe; nil where there is none.
  func place(atOrBefore step: Int) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] <= step { low = middle + 1 } else { high = middle }
    }
    while low > 0, broken.contains(places[low - 1]) { low -= 1 }
    return low > 0 ? places[low - 1] : nil
  }

  /// Whether a step has its own keyframe.
  func has(_ step: Int) -> Bool { place(atOrBefore: step) == step }

  /// The last keyframe that can be used at or before one step, where it is after another.
  func keyframe(atOrBefore step: Int, after known: Int) -> Keyframe? {
    while let place = place(atOrBefore: step), place > known {
      do {
        // The writer may have removed it since; the one before it will do, if it can be used.
        guard let snapshot = try archive.keyframe(atOrBefore: place), snapshot.step > known else {
          return nil
        }
        if !broken.contains(snapshot.step) { return try layout.keyframe(snapshot) }
        broken.insert(place)
      } catch {
        broken.insert(place)
        problems.append(localized("keyframe \(place) cannot be used: \(error)"))
      }
    }
    return nil
  }

  /// Leaves a keyframe out from now on: its values do not have its hash.
  func reject(_ step: Int) { broken.insert(step) }

  /// The batch that a step took, from its keyframe.
  ///
  /// - Throws: an error of the archive, or ``ArchiveError`` if there is no such batch.
  func batch(of step: Int) throws -> Batch {
    guard let snapshot = try archive.keyframe(atOrBefore: step), snapshot.step == step,
      let batch = snapshot.batch
    else {
      throw ArchiveError.array(
        name: localized("keyframe \(step)"), expected: localized("the batch of the step"),
        got: localized("none"))
    }
    return try batch.batch()
  }

  /// Whether the state at the start of a step equals the recorded one; nil where none was recorded.
  func agrees(_ start: StepStart, _ state: ModelState) -> Bool? {
    guard start.step <= last + 1 else { return nil }
    guard (start.step - 1).isMultiple(of: History.hashInterval) || has(start.step) else { return nil }
    // A hash that cannot be read proves nothing either way.
    guard let recorded = try? archive.hash(at: start.step) else { return nil }
    return recorded == state.hash
  }

  /// The changes that were made by hand, in the order of their moments.
  func changes() throws -> [(position: Position, change: Change)] {
    try archive.events().compactMap { event in event.change.map { (event.position, $0) } }
  }

  /// What was found wrong since the last call.
  func takeProblems() -> [String] {
    defer { problems.removeAll() }
    return problems
  }
}

extension Experiment {
  /// Whether the experiment trains on the data that a run was recorded with.
  ///
  /// - Throws: what reading the data throws.
  package func hasData(of archive: any RunArchive) throws -> Bool {
    // Another program may not have computed it.
    try archive.origin.dataHash == 0 || DataHash.value(of: trainData.dataset) == archive.origin.dataHash
  }
}

extension RecordedPast {
  /// Checks that an experiment trains on the data that a run was recorded with.
  ///
  /// - Throws: ``ArchiveError/otherData(name:)``, or what reading the data throws.
  static func checkData(of experiment: Experiment, _ archive: any RunArchive) throws {
    guard try experiment.hasData(of: archive) else {
      throw ArchiveError.otherData(name: experiment.trainData.dataset.name)
    }
  }
}

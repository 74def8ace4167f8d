import Arrays
import Localization
import Trace

/// Runs that cannot be run again, such as those of scripts: what was recorded whole of both is compared.
extension RunComparison {
  /// Where two runs whose numbers differ from a step on part, as far as steps tell that both recorded whole; nil where
  /// no such step does.
  func divergenceOfWholeSteps(numbersFrom step: Int) throws -> Divergence? {
    let common = Set(left.archive.wholeSteps).intersection(right.archive.wholeSteps).sorted()
    var same = 0
    for whole in common {
      guard let found = try difference(ofWholeStep: whole) else {
        same = whole
        continue
      }
      // Steps between the last equal one and this one were not recorded whole: the first node may lie in them.
      let first = min(step, whole)
      guard whole > step || first > same + 1 else {
        return .node(step: whole, phase: found.phase, found.difference)
      }
      return .steps(
        max(1, same + 1)...whole,
        reason: localized(
          "step \(whole) is the first that both recorded whole and that differs, first in \(found.difference.node)."
        )
      )
    }
    return nil
  }

  /// The first node of a step, in the order in which they ran, whose value or gradient is not the same to the bit.
  private func difference(ofWholeStep step: Int) throws -> (
    phase: Phase, difference: Divergence.Difference
  )? {
    guard let one = try left.archive.wholeStep(step), let other = try right.archive.wholeStep(step) else {
      return nil
    }
    let tensors = (try left.archive.tensors(of: nil, at: step), try right.archive.tensors(of: nil, at: step))
    let (mine, theirs) = (KeptOrder(one, tensors.0), KeptOrder(other, tensors.1))
    for (place, entry) in mine.entries.enumerated() {
      guard theirs.entries.indices.contains(place) else { break }
      let match = theirs.entries[place]
      guard entry.name == match.name else {
        let note = localized("one runs \(entry.name) where the other runs \(match.name)")
        return (entry.phase, .init(node: entry.name, part: entry.part, left: nil, right: nil, notes: [note]))
      }
      guard entry.array != match.array else { continue }
      var notes: [String] = []
      if entry.array.shape != match.array.shape {
        notes.append(localized("shapes \(entry.array.shape) and \(match.array.shape)"))
      }
      return (
        entry.phase,
        .init(
          node: entry.name, part: entry.part, left: norm(entry.array), right: norm(match.array), notes: notes)
      )
    }
    return nil
  }

  private func norm(_ array: RawArray) -> Double {
    array.doubles().reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

/// The tensors of a whole step in the order in which they came to be.
private struct KeptOrder {
  struct Entry {
    var name: String
    var part: String
    var phase: Phase
    var array: RawArray
  }

  let entries: [Entry]

  init(_ step: WatchedStep, _ tensors: [KeptTensor]) {
    entries =
      tensors.enumerated().sorted { ($0.element.visit, $0.offset) < ($1.element.visit, $1.offset) }
      .map { _, tensor in
        let phase = step.visits.indices.contains(tensor.visit) ? step.visits[tensor.visit].phase : .batch
        let part = [tensor.view.rawValue, tensor.part].compactMap { $0 }.joined(separator: " ")
        return Entry(name: tensor.node, part: part, phase: phase, array: tensor.array)
      }
  }
}

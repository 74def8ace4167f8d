import Autograd
import Localization
import Trace

/// A gradient that a node's backward has passed on with NaN or infinity in it, though it received none.
///
/// A breakpoint on NaN stops there: at a node whose own gradient is finite.
struct PassedGradient {
  /// The node that it was passed to.
  let target: Int
  /// The cell of the target that is broken.
  let cell: Int
  let defect: Cause.Defect
  /// The step of the path for it, at the node that passed it on.
  let step: Cause.Step
  /// The tape's reading, with the gradients of nodes that wait for their backward.
  let reading: TapeReading

  /// What a node has passed on; nil where that is finite, or what the question is about is not.
  ///
  /// Where the node is the one that ran last, what it passed on is what stopped the run, whatever view or cell of it was
  /// asked for.
  init?(
    by id: Int, on tape: Tape, _ reading: TapeReading, at origin: Position, asked view: TensorView,
    _ asked: Int?
  ) {
    guard reading.tensor(id, view).map(TensorMeasure.isFinite) ?? true,
      let place = tape.backward.lastIndex(where: { $0.node === reading.tensors[id].value?.node }),
      case let entry = tape.backward[place], TensorMeasure.isFinite(entry.upstream),
      let forward = tape.forward.first(where: { $0.output.node === entry.node })
    else { return nil }
    let broken = zip(forward.inputs, entry.contributions).lazy.compactMap { input, piece in
      piece.flatMap { TensorMeasure.isFinite($0) ? nil : (input: input, piece: $0) }
    }.first
    guard let (input, piece) = broken, let target = reading.nodeOfTensor[ObjectIdentifier(input)],
      let defect = CauseTracer.defect(of: piece, cell: nil),
      let first = CauseTracer.firstCell(of: piece, with: defect)
    else { return nil }
    let isSameCell =
      piece.shape == entry.upstream.shape
      && asked.map { (0..<piece.elementCount).contains($0) && !piece.number(at: $0).isFinite } ?? false
    let isLast = origin.phase == .backward && place == tape.backward.count - 1
    guard isLast || view == .gradient && (asked == nil || isSameCell) else { return nil }
    var complete = reading
    guard (try? complete.addPendingGradients(tape)) != nil else { return nil }
    let name = complete.graph.nodes[target].name
    (self.target, self.defect, self.reading) = (target, defect, complete)
    cell = isSameCell ? asked ?? first : first
    step = Cause.Step(
      position: Position(step: tape.step, phase: .backward, node: place),
      node: complete.graph.nodes[id].name, view: .gradient,
      text: localized("passes on \(CauseTracer.counts(piece, defect)) to \(name)"))
  }
}

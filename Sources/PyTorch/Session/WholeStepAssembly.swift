import Trace

/// Puts a step together that the probe sends whole: first its nodes and their order, then its tensors, and then a message that ends it.
struct WholeStepAssembly: Sendable {
  private var open: WholeStep?
  private var byteCount = 0

  /// Begins a step with its nodes and their order.
  mutating func begin(_ step: WatchedStep) {
    open = WholeStep(watched: step)
    byteCount = 0
  }

  /// One of its tensors; those beyond a limit of bytes are left out.
  mutating func take(_ message: KeptMessage, limit: Int) {
    guard open?.watched.step == message.step else { return }
    byteCount += message.tensor.array.bytes.count
    // The probe keeps to the limit, and is not trusted to.
    if byteCount <= 2 * limit { open?.tensors.append(message.tensor) } else { open?.leftOut += 1 }
  }

  /// The step once it is all there; nil where it did not begin.
  mutating func end(_ message: RecordedMessage) -> WholeStep? {
    defer { open = nil }
    guard var step = open, step.watched.step == message.step else { return nil }
    step.leftOut += MomentMessage.bounded(message.leftOut ?? 0, from: 0)
    step.watched.calls = message.calls?.map(\.checked)
    step.isWanted = message.isWanted ?? false
    return step
  }
}

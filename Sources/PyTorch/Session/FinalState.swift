import Trace

/// Assembles the state that the probe sends at the end of the script.
struct FinalState: Sendable {
  private var snapshot = StateSnapshot(step: 1, epochLoss: 0, hash: 0, parameters: [])
  private var byteCount = 0

  /// A parameter or buffer; those beyond a limit of bytes are left out.
  mutating func take(_ message: StateMessage, limit: Int) {
    byteCount += message.array.array.bytes.count
    // The probe keeps to the limit, and is not trusted to.
    guard byteCount <= 2 * limit else { return }
    if message.isParameter {
      snapshot.parameters.append(message.array)
    } else {
      snapshot.buffers.append(message.array)
    }
  }

  /// The state at the start of the step after the last one; nil where nothing has come.
  mutating func end(after step: Int) -> StateSnapshot? {
    guard step > 0, !snapshot.parameters.isEmpty else { return nil }
    snapshot.step = step + 1
    return snapshot
  }
}

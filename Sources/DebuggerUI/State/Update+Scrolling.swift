import TerminalUI
import Trace

extension DebuggerState {
  /// The sample that was chosen in the batch pane; nil without a batch.
  var chosenSample: BatchSnapshot.Sample? {
    guard let samples = moment?.batch?.samples, samples.indices.contains(sample) else { return nil }
    return samples[sample]
  }

  /// Chooses another sample, in the direction of a key.
  mutating func moveSample(_ direction: Action.Direction) {
    guard let batch = moment?.batch else { return }
    let layout = batchLayout(batch)
    let page = max(layout.perRow, layout.visible.count)
    let step =
      switch direction {
      case .left: -1
      case .right: 1
      case .up: -layout.perRow
      case .down: layout.perRow
      case .pageUp: -page
      case .pageDown: page
      }
    // Beyond the first and the last row there is nothing to go to.
    if direction == .up || direction == .down, !batch.samples.indices.contains(sample + step) { return }
    sample += step
    clampSample()
  }

  /// Chooses the sample over a cell of the screen.
  mutating func chooseSample(atX x: Int, y: Int) {
    guard let batch = moment?.batch, batch.regions == nil else { return }
    sample = batchLayout(batch).sample(atX: x, y: y) ?? sample
  }

  /// Keeps the choice within the batch.
  mutating func clampSample() {
    guard let count = moment?.batch?.samples.count else { return }
    sample = max(0, min(sample, count - 1))
  }

  /// Scrolls the bars of the gradients, as far as there are more than have room above their axis.
  mutating func scrollBars(_ rows: Int) {
    let room = max(1, ScreenLayout(self).inside(.gradients).height - 1)
    let last = max(0, (moment?.parameters.count ?? 0) - room)
    firstBar = max(0, min(min(firstBar, last) + rows, last))
  }

  /// Scrolls what the bridge says.
  mutating func scrollBridge(_ rows: Int) {
    let last = BridgePane(self).lastRow(in: ScreenLayout(self).inside(.bridge))
    bridgeRow = max(0, min(min(bridgeRow, last) + rows, last))
  }

  private func batchLayout(_ batch: BatchSnapshot) -> BatchLayout {
    BatchLayout(batch, chosen: sample, area: ScreenLayout(self).inside(.batch), capabilities: .full)
  }
}

/// Limits what waits for a screen that does not take it, such as one in a suspended terminal.
extension RunUpdate {
  /// The most losses that wait.
  package static let mostLosses = 16_384
  /// The most epochs that wait.
  package static let mostEpochs = 4_096

  /// Joins losses, and leaves out epochs and lines of output where there are too many.
  mutating func limit() {
    limitSeries()
    losses.limit()
    output.removeFirst(max(0, output.count - RunUpdate.mostOutput))
    while epochs.count > RunUpdate.mostEpochs {
      let newest = epochs.last?.epoch
      epochs = epochs.enumerated().filter { $0.offset % 2 == 1 || $0.element.epoch == newest }.map(\.element)
    }
  }
}

extension RunUpdate {
  /// Thins the values of series where too many wait.
  package mutating func limitSeries() { series.limit() }
}

extension [RunUpdate.LossPoint] {
  /// Adds a loss; where there are too many, neighbours become one point with their mean.
  package mutating func add(_ point: RunUpdate.LossPoint) {
    append(point)
    limit()
  }

  fileprivate mutating func limit() {
    while count > RunUpdate.mostLosses {
      self = stride(from: 0, to: count, by: 2).map { place in
        guard place + 1 < count else { return self[place] }
        let (first, second) = (self[place], self[place + 1])
        return RunUpdate.LossPoint(
          step: second.step, loss: (first.loss + second.loss) / 2,
          accuracy: second.accuracy ?? first.accuracy)
      }
    }
  }
}

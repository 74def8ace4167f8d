import DebuggerUI
import TerminalUI
import Trace

/// States and measurements for tests of the layout.
enum LayoutStates {
  /// The sizes that the layouts are made for.
  static let sizes = [
    (60, 16), (80, 24), (120, 40), (200, 60), (300, 100), (60, 100), (80, 60), (100, 50), (160, 50),
  ].map { Size(width: $0, height: $1) }

  /// The keys of the layouts.
  static let keys = (1...4).map { Press.function($0) }

  /// A run of the digits in the middle of backward, with as many samples as the program shows.
  static func digits(_ size: Size, _ moment: Moment = DigitsRun.moment(.backward, 1)) -> DebuggerState {
    var moment = moment
    if let batch = moment.batch {
      let samples = (0..<64).map { batch.samples[$0 % batch.samples.count] }
      moment.batch = BatchSnapshot(
        samples: samples, count: 64, correctCount: batch.correctCount, imageSize: batch.imageSize)
    }
    return States.digits(.paused, moment, size)
  }

  /// The same run with all that it measures while its curves are shown, and some steps before.
  static func measured(_ size: Size, _ moment: Moment = DigitsRun.moment(.backward, 1)) -> DebuggerState {
    let samples = digits(size, moment).moment?.batch
    var moment = moment
    moment.batch = samples
    var state = States.digits(.paused, DigitsRun.moment(.update, 3, step: 298), size)
    var update = RunUpdate()
    let series: [PlotSeries] = [.gradientNorm, .updateRatio, .learningRate, .deadUnits]
    update.series = (1...299).flatMap { step in
      series.map { SeriesPoint($0, step: step, value: 0.2 + 0.7 / Double(step % 9 + 1)) }
    }
    update.losses = (1...299).map { step in
      .init(step: step, loss: 1, accuracy: 1 - 0.9 / Float(1 + step / 10))
    }
    _ = state.update(update, seconds: 11)
    for step in 298...299 {
      var update = RunUpdate()
      update.moment = DigitsRun.moment(.update, 3, step: step)
      _ = state.update(update, seconds: 12)
    }
    update = RunUpdate()
    (update.status, update.moment) = (.paused, moment)
    _ = state.update(update, seconds: 13)
    return state
  }

  /// The share of a screen's cells, in percent, that have neither a character nor a colour.
  static func blankShare(_ screen: Buffer) -> Int {
    let size = screen.size
    var blank = 0
    for y in 0..<size.height {
      for x in 0..<size.width {
        let cell = screen[x, y]
        let isPlain = cell.style.background == .default && !cell.style.attributes.contains(.reverse)
        if cell.scalar == " ", isPlain { blank += 1 }
      }
    }
    return blank * 100 / max(1, size.width * size.height)
  }
}

extension DebuggerState {
  /// The panes that are shown.
  var shown: Set<String> { Set(areas.keys.map(\.name)) }

  /// The state after a line was typed and carried out.
  func carryingOut(_ line: String) -> DebuggerState { typing(line).after(.enter) }
}

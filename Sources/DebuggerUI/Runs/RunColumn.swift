import Localization
import Numbers
import TerminalUI

/// A column of the list of recordings, by which it can be sorted and narrowed down.
package enum RunColumn: String, CaseIterable, Sendable {
  case name, state, data, network, optimizer, lr, batch, seed, steps, epochs, loss, validation, accuracy
  case date, size, kind

  /// What a cell holds, as it is sorted and compared.
  enum Value: Equatable {
    case text(String)
    case number(Double)
  }

  /// The heading.
  package var heading: String {
    switch self {
    case .name: localized("recording")
    case .state: localized("state")
    case .data: localized("data")
    case .network: localized("network")
    case .optimizer: localized("optimizer")
    case .lr: "lr"
    case .batch: localized("batch")
    case .seed: localized("seed")
    case .steps: localized("steps")
    case .epochs: localized("epochs")
    case .loss: localized("loss")
    case .validation: localized("val loss")
    case .accuracy: localized("accuracy")
    case .date: localized("recorded")
    case .size: localized("size")
    case .kind: localized("made by")
    }
  }

  /// The words by which a filter names it, besides the heading.
  var names: [String] {
    switch self {
    case .network: [rawValue, "layers", "model"]
    case .data: [rawValue, "script"]
    case .lr: [rawValue, "learning-rate"]
    default: [rawValue]
    }
  }

  /// What a run has in the column; nil where it has nothing.
  func value(_ run: RunSummary) -> Value? {
    func text(_ text: String) -> Value? { text.isEmpty ? nil : .text(text) }
    return switch self {
    case .name: .text(run.name)
    case .state: run.state == .unread ? nil : .text(run.state.word)
    case .data: text(run.data)
    case .network: text(run.network)
    case .optimizer: text(run.optimizer)
    case .lr: run.learningRate.map { .number($0) }
    case .batch: run.batchSize.map { .number(Double($0)) }
    case .seed: run.seed.map { .number(Double($0)) }
    case .steps: run.steps.map { .number(Double($0)) }
    case .epochs: run.epochs.map { .number(Double($0)) }
    case .loss: run.loss.map { .number($0) }
    case .validation: run.validationLoss.map { .number($0) }
    case .accuracy: run.accuracy.map { .number($0) }
    case .date: run.begun > 0 ? .number(run.begun) : nil
    case .size: .number(Double(run.byteCount))
    case .kind: run.state == .unread || run.data.isEmpty ? nil : .text(run.isScript ? "PyTorch" : "Tapedeck")
    }
  }

  /// The cell's text.
  package func text(_ run: RunSummary) -> String {
    switch self {
    case .lr: run.learningRate.map(NumberText.setting) ?? ""
    case .batch: run.batchSize.map { "\($0)" } ?? ""
    case .seed: run.seed.map { "\($0)" } ?? ""
    case .steps: run.steps.map(NumberText.grouped) ?? ""
    case .epochs: run.epochs.map(NumberText.grouped) ?? ""
    case .loss: run.loss.map(NumberText.loss) ?? ""
    case .validation: run.validationLoss.map(NumberText.loss) ?? ""
    case .accuracy: run.accuracy.map(NumberText.percent) ?? ""
    case .date: run.date
    case .size: NumberText.bytes(run.byteCount)
    case .name, .state, .data, .network, .optimizer, .kind:
      if case .text(let text)? = value(run) { text } else { "" }
    }
  }

  /// Whether its cells are numbers, which are at the right.
  package var isNumber: Bool {
    switch self {
    case .name, .state, .data, .network, .optimizer, .kind, .date: false
    default: true
    }
  }

  /// The most columns of the screen that it takes.
  var mostWidth: Int {
    switch self {
    case .network: 24
    case .data: 18
    default: 16
    }
  }

  /// Whether the greatest come first unless the user turns the order around.
  var beginsWithGreatest: Bool {
    switch self {
    case .steps, .epochs, .accuracy, .date, .size: true
    default: false
    }
  }

  /// The columns beside the name, those first that are shown where there is room for few.
  static let byImportance: [RunColumn] = [
    .state, .loss, .steps, .accuracy, .lr, .optimizer, .validation, .data, .epochs, .date, .batch, .network,
    .size, .seed, .kind,
  ]

  /// The runs in the order of the column; those without a value are last, whichever the order.
  package func sorted(_ runs: [RunSummary], isReversed: Bool) -> [RunSummary] {
    let descends = beginsWithGreatest != isReversed
    let keyed = runs.map { (run: $0, value: value($0)) }
    return keyed.sorted { left, right in
      guard let first = left.value, let second = right.value, first != second else {
        if (left.value == nil) != (right.value == nil) { return right.value == nil }
        return NaturalOrder.isBefore(left.run.name, right.run.name)
      }
      return descends ? RunColumn.isBefore(second, first) : RunColumn.isBefore(first, second)
    }.map(\.run)
  }

  private static func isBefore(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right || !left.isNaN && right.isNaN
    case (.text(let left), .text(let right)): NaturalOrder.isBefore(left, right)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

extension RunSummary.State {
  /// The state in a word.
  package var word: String {
    switch self {
    case .unread: localized("reading")
    case .beingWritten: localized("writing")
    case .finished: localized("finished")
    case .stopped: localized("stopped")
    case .diverged: localized("ended in NaN")
    case .damaged: localized("damaged")
    case .unreadable: localized("unreadable")
    }
  }

  /// A sign before the word, which stands for it where there is no room.
  var sign: String {
    switch self {
    case .unread: "…"
    case .beingWritten: "●"
    case .finished: "✓"
    case .stopped: "■"
    case .damaged, .unreadable, .diverged: "✗"
    }
  }

  /// How it looks.
  var style: Style {
    switch self {
    case .unread, .stopped: .foreground(Accents.muted)
    case .beingWritten: .foreground(Accents.focus)
    case .finished: .foreground(Accents.good)
    case .damaged, .unreadable, .diverged: .foreground(Accents.bad)
    }
  }
}

import Datasets
import Foundation
import Localization
import Training

/// The settings of `tapedeck train` as recordings keep them.
///
/// A file is data: what is read back is checked like what a user types, and a path in it is opened only if the user
/// gives it again.
struct RecordedSettings: Codable {
  /// The version of this form.
  private static let current = 1

  private let version: Int
  private let data: String
  private let layers: [Int]?
  /// Missing in files written before they could be chosen.
  private let activation, loss, initialization: String?
  private let optimizer: String
  private let learningRate, momentum, weightDecay: Double
  private let batchSize, epochs: Int
  private let seed: UInt64
  private let threads: Int?
  /// Missing in files written before tables had options, and for data that are not files.
  private let table: TableOptions?

  /// The settings of a run.
  init(_ settings: TrainSettings) {
    version = RecordedSettings.current
    data = settings.data.argument
    layers = settings.layers
    // What is usual is left out, so that the settings of older programs can be compared.
    activation = settings.activation == .relu ? nil : settings.activation.rawValue
    loss = settings.loss == .crossEntropy ? nil : settings.loss?.rawValue
    initialization = settings.initialization?.rawValue
    optimizer = settings.optimizer.rawValue
    (learningRate, momentum) = (settings.learningRate, settings.momentum)
    weightDecay = settings.weightDecay
    (batchSize, epochs, seed) = (settings.batchSize, settings.epochs, settings.seed)
    threads = settings.threads
    table = settings.data.isFile ? settings.table : nil
  }

  /// The settings in a recording.
  ///
  /// - Throws: ``ReplayError`` if they are not settings.
  init(json: String) throws {
    guard let read = try? JSONDecoder().decode(RecordedSettings.self, from: Data(json.utf8)) else {
      throw ReplayError.settings(reason: localized("they are not settings of tapedeck train"))
    }
    guard read.version <= RecordedSettings.current else {
      throw ReplayError.settings(reason: localized("they were written by a later version"))
    }
    self = read
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Numbers and words always have a form in JSON; checked settings are finite.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// The settings, checked.
  ///
  /// - Throws: ``ReplayError`` or `SettingsError` if they cannot be.
  func settings() throws -> TrainSettings {
    guard let source = DataSource(data), let kind = OptimizerKind(rawValue: optimizer) else {
      throw ReplayError.settings(
        reason: localized("the data '\(data)' or the optimizer '\(optimizer)' is unknown"))
    }
    var settings = TrainSettings(data: source, optimizer: kind)
    settings.layers = layers
    settings.activation = try RecordedSettings.choice(activation, "activation") ?? .relu
    settings.loss = try RecordedSettings.choice(loss, "loss")
    settings.initialization = try RecordedSettings.choice(initialization, "initialization")
    (settings.learningRate, settings.momentum) = (learningRate, momentum)
    settings.weightDecay = weightDecay
    (settings.batchSize, settings.epochs, settings.seed) = (batchSize, epochs, seed)
    settings.threads = threads
    settings.table = table
    try settings.validate(checksSize: false)
    return settings
  }
}

extension RecordedSettings {
  /// A choice that a file names; nil where it names none.
  fileprivate static func choice<Choice: RawRepresentable<String>>(
    _ name: String?, _ what: String
  ) throws -> Choice? {
    guard let name else { return nil }
    guard let choice = Choice(rawValue: name) else {
      throw ReplayError.settings(reason: localized("the \(what) '\(name)' is unknown"))
    }
    return choice
  }
}

extension TrainSettings {
  /// The settings as JSON, as a recording keeps them.
  package var recorded: String { RecordedSettings(self).json }
}

/// Why a recording cannot be replayed or resumed.
package enum ReplayError: Error, Equatable, CustomStringConvertible {
  case settings(reason: String)
  case stepOutside(Int, last: Int)
  case otherProgram(path: String)
  case noData(file: String)

  /// The reason and what to do, in a sentence.
  package var description: String {
    switch self {
    case .settings(let reason): localized("The recording's settings cannot be used: \(reason).")
    case .stepOutside(let step, let last):
      localized("--at expects a step of the recording, from 1 to \(last), but got \(step).")
    case .noData(let file): localized("--data expects a file that can be read, but \(file) cannot.")
    case .otherProgram(let path):
      localized(
        "\(path) was recorded by another program, whose model it does not contain: resume it in that program."
      )
    }
  }
}

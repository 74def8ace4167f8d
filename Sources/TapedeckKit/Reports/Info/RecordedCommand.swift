import Training

/// The command that made a recorded run.
enum RecordedCommand {
  /// The command line for recorded settings; nil if there are none that can be used.
  static func line(_ json: String?) -> String? {
    guard let json, let settings = try? RecordedSettings(json: json).settings() else { return nil }
    return
      (["tapedeck train"]
      + options(settings).map { $0.value.isEmpty ? $0.option : "\($0.option) \($0.value)" }).joined(
        separator: " ")
  }

  /// The options with their values.
  static func options(_ settings: TrainSettings) -> [(option: String, value: String)] {
    var options = [("--data", quoted(settings.data.argument))]
    if let layers = settings.layers {
      options.append(("--layers", layers.map(String.init).joined(separator: ",")))
    }
    if settings.activation != .relu { options.append(("--activation", settings.activation.rawValue)) }
    if let loss = settings.loss { options.append(("--loss", loss.rawValue)) }
    if let initialization = settings.initialization { options.append(("--init", initialization.rawValue)) }
    options += [("--optimizer", settings.optimizer.rawValue), ("--lr", "\(settings.learningRate)")]
    if settings.momentum != 0 { options.append(("--momentum", "\(settings.momentum)")) }
    if settings.weightDecay != 0 { options.append(("--weight-decay", "\(settings.weightDecay)")) }
    options += [
      ("--batch", "\(settings.batchSize)"), ("--epochs", "\(settings.epochs)"),
      ("--seed", "\(settings.seed)"),
    ]
    options += (settings.table?.words ?? []).map { ($0.option, $0.value.isEmpty ? "" : quoted($0.value)) }
    if let threads = settings.threads { options.append(("--threads", "\(threads)")) }
    return options
  }

  /// A word as a shell takes it, since a file may be called anything.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./,".contains($0)) }
    return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}

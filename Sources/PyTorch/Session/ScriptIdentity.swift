import Localization
import Trace

/// What the script trains, and with what, as far as it has told.
struct ScriptIdentity: Sendable {
  /// The run as the screen and the recording describe it.
  private(set) var description: RunDescription
  /// The model and its parameters; nil before its first step.
  private(set) var model: ModelMessage?
  /// PyTorch and its version; empty before the script has imported it.
  private var torch = ""

  /// A script before Python has started.
  init(_ settings: ScriptSettings) {
    description = RunDescription(
      data: settings.name, network: localized("starting Python…"), optimizer: "", batchSize: 0, seed: 0,
      epochs: 0, stepsPerEpoch: 0)
    description.rank = settings.rank
  }

  /// Whether the script has imported torch.
  var hasTorch: Bool { !torch.isEmpty }

  /// Takes the Python that the script runs in.
  mutating func take(_ hello: ProbeMessage.Hello) {
    description.network = localized(
      "importing torch with \((hello.interpreter ?? "Python").withVisibleControls)…")
  }

  /// Takes the version of torch.
  mutating func take(torch version: String) {
    torch = "PyTorch \(version)".withVisibleControls
    description.network = localized("waiting for the first step…")
  }

  /// Takes the model.
  mutating func take(_ message: ModelMessage) {
    model = message
    let network = message.names.isEmpty ? localized("no model") : message.names
    description.network = [network, message.devices, torch].filter { !$0.isEmpty }.joined(separator: "  ")
    description.optimizer = (message.optimizers ?? []).map(\.text).joined(separator: ", ")
    description.parameterNames = message.parameters.map { $0.name.withVisibleControls }
  }

  /// The script has ended without torch.
  mutating func endWithoutTorch() { description.network = localized("ended without torch") }
}

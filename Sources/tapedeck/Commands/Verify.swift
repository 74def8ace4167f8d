import ArgumentParser
import Foundation
import Localization
import TapedeckKit

/// `tapedeck verify`: shows that the autograd engine gives the hand-written network's numbers, or PyTorch's.
struct Verify: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: localized("Compare the engine with the guide's hand-written network, or with PyTorch."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Without a reference, the weights of the hand-written network are copied into the autograd one; outputs, loss, \
          every gradient and the weights after 100 training steps are compared in both precisions. The exit code is 1 if \
          one differs by more than its tolerance.

          A reference is of linear layers with one activation between them. Its metadata can name the activation: \
          save_file(tensors, path, metadata={"activation": "tanh"}). Inputs of images are flattened.
          """),
        examples: ["verify", "verify --json", "verify --reference reference.safetensors"]))
  }

  @Option(
    help: .localized(
      "A .safetensors file made in PyTorch: inputs, labels, weights, outputs, loss and gradients."),
    completion: .file(extensions: ["safetensors"]))
  var reference: String?

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @OptionGroup var language: LanguageOption

  func run() throws {
    let text = VerificationText(try report())
    try StandardOutput.printLine(json ? text.json() : text.table)
    guard let failure = text.failure else { return }
    _ = try Tapedeck.complain(failure, code: 1)
    throw ExitCode(1)
  }

  private func report() throws -> VerificationReport {
    guard let reference else { return try Verification().run() }
    return try ReferenceVerification.run(Reference(file: reference))
  }
}

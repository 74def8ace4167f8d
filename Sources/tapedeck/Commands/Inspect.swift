import ArgumentParser
import Foundation
import TapedeckKit

/// `tapedeck inspect`: what the panes show of one moment, without a screen.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what the node pane shows at one moment of a run.",
    discussion: """
      Trains up to the moment and prints the node's tensor: shape, statistics, histogram, and its code in NumPy and \
      PyTorch with the chain rule. A node that does not run in the phase is shown as it is at the end of the phase.

      EXAMPLES
        tapedeck inspect --data digits --step 300 --node fc1.linear --phase backward --json
        tapedeck inspect --step 5 --node fc1.weight --phase update --view update --values
        tapedeck inspect --step 300 --node fc1.weight --npy weight.npy
      """)

  @OptionGroup(title: "Experiment") var experiment: ExperimentOptions
  @OptionGroup(title: "Moment") var moment: MomentOptions

  @Option(help: "The node, such as fc1.linear or fc1.weight; by default the last one to run in the phase.")
  var node: String?

  @Option(
    help: "The node's tensor: value, gradient or update; by default the one that the phase is about.",
    transform: Argument.view)
  var view: TensorView?

  @Flag(help: "Print the tensor's values as well.")
  var values = false

  @Option(help: "Write the tensor to this file in NumPy's format.")
  var npy: String?

  @Flag(help: "Print one JSON object: the moment with all its nodes, parameters and samples.")
  var json = false

  func run() throws {
    let settings = experiment.settings
    try experiment.prepareData(settings)
    let found = try Inspector.moment(
      settings.makeExperiment(),
      Inspection.Target(step: moment.step, phase: moment.phase, node: node, view: view))
    guard found.focus != nil || node == nil else {
      throw ValidationError(
        "\(node ?? "") has no \(view?.rawValue ?? "value") in phase \(moment.phase.name) of step "
          + "\(moment.step); a later --phase has it.")
    }
    if let npy {
      guard let tensor = found.focus else { throw ValidationError("--npy requires --node.") }
      try Disk().write(Inspector.npy(tensor), to: npy)
    }
    let text = MomentText(found)
    print(json ? text.json(values: values) : text.lines(values: values).joined(separator: "\n"))
  }
}

/// Which moment of a run is meant.
struct MomentOptions: ParsableArguments {
  @Option(help: "The step, from 1.", transform: Argument.wholeNumber)
  var step = 1

  @Option(
    help: "The phase of the step: batch, forward, loss, backward or update.", transform: Argument.phase)
  var phase = Phase.update
}

import ArgumentParser
import Datasets
import Localization
import Trace
import Training

/// `inspect`: what the panes show of one moment, without a screen.
package struct InspectCommand<Arguments: ExperimentArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "inspect", abstract: localized("Print what the node pane shows at one moment of a run."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Trains up to the moment and prints the node's tensor: shape, statistics, histogram, and its code in NumPy and \
          PyTorch with the chain rule. A node that does not run in the phase is shown as it is at the end of the phase.
          """),
        examples: Arguments.examples.inspect))
  }

  @OptionGroup(title: localized("Experiment")) var experiment: Arguments
  @OptionGroup(title: localized("Moment")) var moment: MomentOptions

  @Option(
    help: .localized(
      "The node, such as fc1.linear or fc1.weight; by default the last one to run in the phase."))
  var node: String?

  @Option(
    help: .localized(
      "The node's tensor: value, gradient or update; by default the one that the phase is about."),
    completion: .choices(of: TensorView.self), transform: OptionValue.view)
  var view: TensorView?

  @Option(
    help: .localized(
      "The cell to work out, by its index in each dimension, such as 3,17; by default that of the largest gradient."
    ),
    transform: OptionValue.cell)
  var cell: [Int]?

  @Flag(help: .localized("Print how the cell is computed, with all its numbers, and nothing else."))
  var explain = false

  @Flag(help: .localized("Print the tensor's values as well."))
  var values = false

  @Option(help: .localized("Write the tensor to this file in NumPy's format."), completion: .file())
  var npy: String?

  @Flag(help: .localized("Print one JSON object: the moment with all its nodes, parameters and samples."))
  var json = false

  @OptionGroup var language: LanguageOption

  package init() {}

  package func run(in program: Program) throws {
    let found = try Inspector.moment(
      experiment.experiment(in: program).make(),
      Inspection.Target(
        step: moment.step, phase: moment.phase, node: node, view: view, cell: cell, allTerms: explain))
    guard found.focus != nil || node == nil else {
      if view == .update, found.graph.node(named: node ?? "")?.kind != .parameter {
        throw ValidationError(
          localized(
            "\(node ?? "") has no update: only parameters are updated. Leave --view out, or name one."))
      }
      throw ValidationError(
        localized(
          """
          \(node ?? "") has no \((view ?? .value).word) in phase \(moment.phase.name) of step \(moment.step); a later \
          --phase has it.
          """))
    }
    if let npy {
      guard let tensor = found.focus else { throw ValidationError(localized("--npy requires --node.")) }
      try Disk().write(Inspector.npy(tensor), to: npy)
    }
    if let cell, let shape = found.focus?.shape {
      guard cell.count == shape.count, zip(cell, shape).allSatisfy({ $0 < $1 }) else {
        let index = cell.map(String.init).joined(separator: ",")
        let sizes = shape.map(String.init).joined(separator: "×")
        guard !shape.isEmpty else {
          throw ValidationError(
            localized("\(found.focus?.node ?? "x") is a single number: leave --cell out."))
        }
        throw ValidationError(
          localized(
            "--cell expects an index below each size of \(found.focus?.node ?? "x"), \(sizes), but got \(index)."
          ))
      }
    }
    let text = MomentText(found)
    if explain {
      guard let work = found.explanation?.work else {
        let update = found.explanation?.update ?? []
        if !update.isEmpty, !json {
          try StandardOutput.printLine(update.joined(separator: "\n"))
          return
        }
        throw ValidationError(
          localized(
            """
            \(found.focus?.node ?? node ?? "x") is not computed from other cells in this phase: --phase forward or \
            backward, or another --node or --view, has arithmetic.
            """))
      }
      try StandardOutput.printLine(
        json ? CellWorkText(work).json().text() : CellWorkText(work).lines(all: true).joined(separator: "\n"))
      return
    }
    try StandardOutput.printLine(
      json ? text.json(values: values) : text.lines(values: values).joined(separator: "\n"))
  }
}

/// Which moment of a run is meant.
struct MomentOptions: ParsableArguments {
  @Option(help: .localized("The step, from 1."), transform: OptionValue.wholeNumber)
  var step = 1

  @Option(
    help: .localized("The phase of the step: batch, zero_grad, forward, loss, backward or update."),
    completion: .list(Phase.allCases.map(\.name)), transform: OptionValue.phase)
  var phase = Phase.update
}

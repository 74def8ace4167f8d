import Autograd
import Foundation
import TestSupport
import Testing

/// The derivative of every operator against finite differences in float64.
struct GradientTests {
  @Test func everyOperatorsGradientAgreesWithFiniteDifferences() throws {
    for entry in OperatorCatalog.all {
      #expect((entry.derivative == nil) == entry.samples.isEmpty, "\(entry.name)")
      for (number, sample) in entry.samples.enumerated() {
        let wrong = try gradientDifference(sample.inputs(), sample.body)
        #expect(wrong == nil, "\(entry.name), sample \(number): \(wrong ?? "")")
      }
    }
  }

  @Test func everySampleRunsTheOperatorItIsListedUnder() throws {
    for entry in OperatorCatalog.all {
      for sample in entry.samples {
        let recorder = Recorder()
        let context = ExecutionContext(observer: recorder)
        _ = try context.run { try sample.body(sample.inputs()) }
        let isComposed = entry.name == "cross_entropy" && !recorder.names.contains(entry.name)
        let isConversion = entry.name == "to"
        #expect(recorder.names.contains(entry.name) || isComposed || isConversion, "\(entry.name)")
      }
    }
  }

  /// A name that appears in the operators' sources but not in the catalog is an operator nobody checks.
  @Test func everyOperatorInTheSourcesIsInTheCatalog() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Autograd/Operators")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    // Steps inside other operators, never nodes of their own.
    let helpers: Set = ["finite", "rsqrt"]
    var names: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for pattern in [/let name = "([a-z0-9_]+)"/, /[nN]ame: "([a-z0-9_]+)"/] {
        for match in text.matches(of: pattern) { names.insert(String(match.1)) }
      }
    }
    #expect(names.count > 50)
    let known = Set(OperatorCatalog.all.map(\.name))
    #expect(names.subtracting(helpers).subtracting(known).isEmpty)
    #expect(OperatorCatalog.all.count == known.count)
  }

  @Test func aWrongDerivativeIsFound() throws {
    let wrong = try gradientDifference([Tensor([1, 2], shape: [2], requiresGrad: true).doubled()]) { inputs in
      try (inputs[0] * inputs[0].detach()).sum()
    }
    #expect(wrong != nil)
  }
}

extension Tensor {
  fileprivate func doubled() throws -> Tensor { try to(.float64).detach().requiringGrad() }
}

/// Notes the operators that run.
private final class Recorder: Observer {
  var names: [String] = []
  func willRunForward(_ step: ForwardStep) { names.append(step.operation.name) }
  func didRunForward(_ step: ForwardStep, output: Tensor) {}
  func willRunBackward(_ node: Node, upstream: Tensor) {}
  func didRunBackward(_ node: Node, upstream: Tensor, contributions: [Tensor?]) {}
  func willUpdate(_ parameter: Tensor) {}
  func didUpdate(_ parameter: Tensor) {}
  func willEnter(_ module: AnyObject) {}
  func didLeave(_ module: AnyObject) {}
}

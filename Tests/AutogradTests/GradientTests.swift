import Autograd
import TestSupport
import Testing

/// The derivative of every operator against finite differences in float64.
struct GradientTests {
  @Test func everyOperatorsGradientAgreesWithFiniteDifferences() throws {
    for info in OperatorTable.all {
      #expect((info.derivative == nil) == info.samples.isEmpty, "\(info.name)")
      for (number, sample) in info.samples.enumerated() {
        let wrong = try gradientDifference(sample.inputs(), sample.body)
        #expect(wrong == nil, "\(info.name), sample \(number): \(wrong ?? "")")
      }
    }
  }

  @Test func everySampleRunsItsOperator() throws {
    for info in OperatorTable.all {
      for sample in info.samples {
        let ran = try CallRecorder.infos { _ = try sample.body(sample.inputs()) }
        let isComposed = info === OperatorInfo.crossEntropy && ran.contains { $0 === OperatorInfo.logSoftmax }
        #expect(ran.contains { $0 === info } || isComposed || info === OperatorInfo.to, "\(info.name)")
      }
    }
  }

  /// An operator that runs but is not in the table would be one that nobody checks.
  @Test func everyOperatorThatPyTorchsCasesRunIsInTheTable() throws {
    let known = Set(OperatorTable.all.map(ObjectIdentifier.init))
    #expect(known.count == Set(OperatorTable.all.map(\.name)).count)
    let files = try ConformanceFile.all() + ConformanceFile.all(in: "Edges")
    let ran = try CallRecorder.infos {
      for file in files { for item in file.cases { _ = try TestSupport.check(item, of: file.op) } }
    }
    #expect(Set(ran.map(\.name)).count > 50)
    for info in ran { #expect(known.contains(ObjectIdentifier(info)), "\(info.name)") }
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

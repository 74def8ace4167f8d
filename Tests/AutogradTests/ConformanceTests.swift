import Autograd
import TestSupport
import Testing

/// Outputs and gradients that PyTorch 2.15 gave, in `Tests/Conformance`.
struct ConformanceTests {
  @Test(arguments: InputLayout.allCases)
  func everyCaseGivesPyTorchsOutputsAndGradients(layout: InputLayout) throws {
    let files = try ConformanceFile.all()
    #expect(files.count >= 32)
    check(files, layout)
  }

  /// Made by `Tests/Conformance/make_edges.py`.
  @Test(arguments: InputLayout.allCases)
  func theEdgesOfEveryOperatorAreAsInPyTorch(layout: InputLayout) throws {
    let files = try ConformanceFile.all(in: "Edges")
    #expect(files.count >= 45)
    check(files, layout)
  }

  private func check(_ files: [ConformanceFile], _ layout: InputLayout) {
    for file in files {
      for item in file.cases {
        let wrong = outcome(item, file.op, layout)
        #expect(wrong == nil, "\(file.op) \(item.name) \(item.kwargs), \(layout): \(wrong ?? "")")
      }
    }
  }

  private func outcome(_ item: ConformanceCase, _ op: String, _ layout: InputLayout) -> String? {
    do {
      return try TestSupport.check(item, of: op, layout: layout)
    } catch {
      return "\(error)"
    }
  }
}

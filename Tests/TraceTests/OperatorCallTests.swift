import Foundation
import Testing
import Trace

struct OperatorCallTests {
  @Test func aCallIsReadAsItWasWritten() throws {
    let tensor = OperatorCall.Tensor(node: 3, output: 1, shape: [8, 4], dtype: "float16")
    let call = OperatorCall(
      node: 4, "getitem",
      [
        .init("input", .tensor(tensor)), .init(nil, .list([.slice([.none, .whole(-1), .none]), .ellipsis])),
        .init("eps", .number(1e-5)), .init("scale", .number(1)), .init("bound", .number(-.infinity)),
        .init("training", .flag(true)), .init("dtype", .type("float64")), .init("mode", .text("mean")),
        .init("generator", .other("Generator")), .init("stride", .none),
      ], results: [.init(node: 4, shape: [], dtype: "bool")])
    let data = try JSONEncoder().encode(call)
    #expect(try JSONDecoder().decode(OperatorCall.self, from: data) == call)
  }

  @Test func shapesThatNoTensorHasAreTakenOut() {
    let call = OperatorCall(
      node: 1, "relu\u{1b}", [.init("input", .tensor(.init(node: -4, shape: [-1, 2], dtype: "float32")))],
      results: [.init(node: 1, shape: [1 << 40, 1 << 40], dtype: "float32")]
    ).checked
    #expect(call.operation == #"relu\u{1b}"#)
    #expect(call.tensors[0].shape.isEmpty && call.tensors[0].node == 0 && call.results[0].shape.isEmpty)
  }
}

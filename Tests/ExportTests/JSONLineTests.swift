import Export
import Foundation
import Testing
import Trace

/// The line of a step is written by hand, and is what JSON's readers take.
struct JSONLineTests {
  private func read(_ row: StepScalars) throws -> StepScalars {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(StepScalars.self, from: Data(JSONLines.line(row)))
  }

  @Test func aStepComesBackAsItWas() throws {
    for loss: Float in [0, -1, 0.1, 1e-38, 3.4e38, 123_456_790, .infinity, -.infinity] {
      for accuracy in [nil, Float(0.5)] {
        let row = StepScalars(
          step: 7, loss: loss, accuracy: accuracy, learningRate: 1e-5, gradientNorms: [1, .infinity, loss],
          seconds: 1e-7 / 3)
        #expect(try read(row) == row)
      }
    }
  }

  @Test func theKeysAreInOrder() {
    let row = StepScalars(
      step: 3, loss: .nan, accuracy: 1, learningRate: 0.1, gradientNorms: [2, .nan], seconds: 2)
    #expect(
      String(decoding: JSONLines.line(row), as: UTF8.self) == """
        {"accuracy":1,"gradientNorms":[2,"nan"],"iteration":3,"learningRate":0.1,"loss":"nan","seconds":2,\
        "type":"iteration"}

        """)
  }
}

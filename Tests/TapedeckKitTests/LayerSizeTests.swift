import TapedeckKit
import Testing

/// Layers that would take more memory than a machine has are refused with a sentence.
struct LayerSizeTests {
  @Test func aNetworkThatIsTooLargeIsRefused() {
    var settings = TrainSettings()
    settings.layers = [64, 65_536, 65_536, 10]
    #expect {
      try settings.validate()
    } throws: { error in
      "\(error)" == "--layers expects a network with at most 250000000 weights, but got 4299816960 of them."
    }
    settings.layers = [64] + Array(repeating: 1, count: 2_000) + [10]
    #expect {
      try settings.validate()
    } throws: { error in
      "\(error)" == "--layers expects at most 1024 sizes, but got 2002 sizes."
    }
    settings.layers = [64, 65_536, 10]
    #expect(throws: Never.self) { try settings.validate() }
  }

  @Test func aTextInJSONIsReadWithItsNumbers() {
    let text = #"{"a":[1,2.5,-3,null,true,"x"],"seed":"18446744073709551615","z":{}}"#
    #expect(JSON(text: text)?.text() == text)
    #expect(JSON(text: #"{"seed":18446744073709551615}"#)?.text() == #"{"seed":"18446744073709551615"}"#)
    #expect(JSON(text: "{") == nil)
  }
}

/// Files that safetensors 0.8.0 wrote, each with the Python that made it:
///
/// ```python
/// import base64, torch
/// from safetensors.torch import save
/// ```
///
/// PyTorch 2.15.0.
enum SafetensorsFixtures {
  // save({
  //   "0.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4, "0.bias": torch.tensor([-1.0, 2.0]),
  //   "step": torch.tensor(7), "mask": torch.tensor([True, False, True]),
  //   "pixels": torch.tensor([0, 128, 255], dtype=torch.uint8),
  //   "double": torch.tensor([[1 / 3]], dtype=torch.float64),
  //   "half": torch.tensor([0.1, -3], dtype=torch.float16), "brain": torch.tensor([0.1, -3], dtype=torch.bfloat16),
  //   "short": torch.tensor([-2, 3], dtype=torch.int32), "none": torch.zeros(0, 3),
  // }, metadata={"format": "pt"})
  static let everyType = """
    eAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJzdGVwIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOltd\
    LCJkYXRhX29mZnNldHMiOlswLDhdfSwiZG91YmxlIjp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlsxLDFdLCJkYXRhX29mZnNl\
    dHMiOls4LDE2XX0sIjAuYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzE2LDI0XX0s\
    IjAud2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNldHMiOlsyNCw0OF19LCJub25lIjp7\
    ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRhX29mZnNldHMiOls0OCw0OF19LCJzaG9ydCI6eyJkdHlwZSI6Ikkz\
    MiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzQ4LDU2XX0sImJyYWluIjp7ImR0eXBlIjoiQkYxNiIsInNoYXBlIjpb\
    Ml0sImRhdGFfb2Zmc2V0cyI6WzU2LDYwXX0sImhhbGYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNl\
    dHMiOls2MCw2NF19LCJwaXhlbHMiOnsiZHR5cGUiOiJVOCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzY0LDY3XX0s\
    Im1hc2siOnsiZHR5cGUiOiJCT09MIiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNjcsNzBdfX0gICAgIAcAAAAAAAAA\
    VVVVVVVV1T8AAIC/AAAAQAAAAAAAAIA+AAAAPwAAQD8AAIA/AACgP/7///8DAAAAzT1AwGYuAMIAgP8BAAE=
    """

  // torch.manual_seed(0)
  // net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
  // save(net.state_dict())
  static let stateDict = """
    +AAAAAAAAAB7IjAuYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzAsMTJdfSwiMC53\
    ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzMsMl0sImRhdGFfb2Zmc2V0cyI6WzEyLDM2XX0sIjIuYmlhcyI6eyJk\
    dHlwZSI6IkYzMiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzM2LDQwXX0sIjIud2VpZ2h0Ijp7ImR0eXBlIjoiRjMy\
    Iiwic2hhcGUiOlsxLDNdLCJkYXRhX29mZnNldHMiOls0MCw1Ml19fVeKZbxAhw8/3oOAvSJ5rbucNsI+sfwUvx04Bb/WcIu+\
    qypCPr0zDb/ScBw+nqsyvupr6L0=
    """

  // save({"\u00f1\"\\\n\x01\u00e9": torch.zeros(1)})
  static let oddName = """
    SAAAAAAAAAB7IsOxXCJcXFxuXHUwMDAxw6kiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlsw\
    LDRdfX0gICAAAAAA
    """
}

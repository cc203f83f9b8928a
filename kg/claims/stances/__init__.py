"""What actors acknowledge, deny, praise or agree to: sentences → stances."""
